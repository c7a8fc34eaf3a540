'use client'

import { ChevronLeftIcon, ChevronRightIcon } from 'lucide-react'
import { IconButton } from './button.tsx'

interface VersionStepperProps {
  /** 1 is the first. */
  place: number
  count: number
  onStep: (place: number) => void
}

/** Steps through the versions of one thing; nothing where there is only one. */
export function VersionStepper({ place, count, onStep }: VersionStepperProps) {
  if (count < 2) return null
  return (
    <fieldset aria-label="Versions" className="flex items-center">
      <IconButton
        label="Previous version"
        aria-disabled={place <= 1}
        onClick={() => place > 1 && onStep(place - 1)}
      >
        <ChevronLeftIcon />
      </IconButton>
      <span className="px-1 font-mono text-tiny whitespace-nowrap text-soft">
        {`version ${place} of ${count}`}
      </span>
      <IconButton
        label="Next version"
        aria-disabled={place >= count}
        onClick={() => place < count && onStep(place + 1)}
      >
        <ChevronRightIcon />
      </IconButton>
    </fieldset>
  )
}
