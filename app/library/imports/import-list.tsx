'use client'

import { XIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button, IconButton } from '#components/ui/button'
import { useSay } from '#lib/messages/use-say'
import type { Import, Imports } from './use-imports.ts'

/** The files on their way into the library, and those that were not taken. */
export function ImportList({ imports }: { imports: Imports }) {
  const t = useTranslations('library.import')
  if (imports.imports.length === 0) return null
  return (
    <ul aria-label={t('title')} className="mb-6 max-w-2xl divide-y divide-hairline text-sm">
      {imports.imports.map((one) => (
        <ImportRow key={one.key} one={one} imports={imports} />
      ))}
    </ul>
  )
}

function ImportRow({ one, imports }: { one: Import; imports: Imports }) {
  const t = useTranslations('library.import')
  const say = useSay()
  const { key, file, progress, fault, canRetry } = one
  const { name } = file
  const percent = Math.floor(progress * 100)
  return (
    <li className="flex items-center gap-3 py-1.5">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate">
          {name}
        </p>
        {fault ? (
          <p dir="auto" className="text-signal-ink">
            {say(fault)}
          </p>
        ) : (
          <div
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a hairline in our colours
            role="progressbar"
            aria-label={t('progress', { name })}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={percent}
            className="mt-1 h-0.5 bg-hairline"
          >
            <span className="block h-full bg-signal" style={{ width: `${percent}%` }} />
          </div>
        )}
      </div>
      {fault && canRetry && (
        <Button size="small" onClick={() => imports.retry(key)}>
          {t('retry')}
        </Button>
      )}
      <IconButton
        label={t(fault ? 'dismiss' : 'cancel', { name })}
        onClick={() => imports.remove(key)}
      >
        <XIcon />
      </IconButton>
    </li>
  )
}
