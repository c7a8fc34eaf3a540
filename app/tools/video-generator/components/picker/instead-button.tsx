'use client'

import { Button } from '#components/ui/button'
import type { ModelView } from '#lib/contract/model-view'

interface InsteadButtonProps {
  model: ModelView | undefined
  onChoose: (id: string) => void
}

/** Takes another model with one click; nothing where there is none. */
export function InsteadButton({ model, onChoose }: InsteadButtonProps) {
  if (!model) return null
  const { id, label, isDemo } = model
  return (
    <Button size="small" onClick={() => onChoose(id)}>
      Use {label} instead{isDemo && ' (demo, no AI)'}
    </Button>
  )
}
