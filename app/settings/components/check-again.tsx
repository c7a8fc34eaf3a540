'use client'

import { RotateCwIcon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#components/ui/button'

interface CheckAgainProps {
  /** The provider's name, for those who cannot see which section the button stands in. */
  label: string
  onCheck: () => Promise<void>
}

/** Has a provider asked how it is, now; one that is well is let in again. */
export function CheckAgain({ label, onCheck }: CheckAgainProps) {
  const [isChecking, setIsChecking] = useState(false)
  const check = async () => {
    if (isChecking) return
    setIsChecking(true)
    await onCheck().finally(() => setIsChecking(false))
  }
  return (
    <Button size="small" className="mt-4" aria-disabled={isChecking} onClick={() => void check()}>
      <RotateCwIcon />
      {isChecking ? 'Checking' : 'Check again'}
      <span className="sr-only">{label}</span>
    </Button>
  )
}
