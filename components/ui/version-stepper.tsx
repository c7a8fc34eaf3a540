'use client'

import { useTranslations } from 'next-intl'
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
  const t = useTranslations('ui')
  if (count < 2) return null
  return (
    <fieldset aria-label={t('versions')} className="flex items-center">
      <IconButton
        label={t('previousVersion')}
        aria-disabled={place <= 1}
        onClick={() => place > 1 && onStep(place - 1)}
      >
        <ChevronLeftIcon />
      </IconButton>
      <span className="px-1 font-mono text-tiny whitespace-nowrap text-soft">
        {t('version', { place, count })}
      </span>
      <IconButton
        label={t('nextVersion')}
        aria-disabled={place >= count}
        onClick={() => place < count && onStep(place + 1)}
      >
        <ChevronRightIcon />
      </IconButton>
    </fieldset>
  )
}
