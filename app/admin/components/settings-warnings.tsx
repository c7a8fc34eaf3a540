'use client'

import { useTranslations } from 'next-intl'
import { useAccount } from '#lib/ai/api/people/use-account'

/** What is set in a way that may cost the operator money, as the start and `/health` tell it. */
export function SettingsWarnings() {
  const t = useTranslations('admin')
  const warnings = useAccount()?.warnings ?? []
  if (warnings.length === 0) return null
  return (
    <ul aria-label={t('warnings')} className="mb-8 space-y-2 border-l-2 border-signal pl-4 text-sm">
      {warnings.map((words) => (
        <li key={words} dir="auto" className="max-w-prose text-pretty wrap-anywhere">
          {words}
        </li>
      ))}
    </ul>
  )
}
