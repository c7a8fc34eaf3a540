'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { Tag } from '#components/ui/tag'
import { serverNow } from '#lib/contract/answer-headers'
import type { KeyView } from '#lib/contract/people/api-key'
import { useFormat } from '#lib/messages/use-say'
import { rowStyle } from '../../../people/section-page.tsx'

interface KeyRowProps {
  view: KeyView
  onRevoke: () => void
}

/** One key: how to tell it from others, what it may do, and the way to end it. */
export function KeyRow({ view, onRevoke }: KeyRowProps) {
  const t = useTranslations('keys')
  const [isAsking, setIsAsking] = useState(false)
  const { name, start, scopes } = view
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span dir="auto" className="min-w-0 font-medium wrap-anywhere">
            {name}
          </span>
          <code dir="ltr" className="text-soft">
            {`${start}…`}
          </code>
          {scopes.map((scope) => (
            <Tag key={scope}>{t(`scope_${scope}`)}</Tag>
          ))}
        </p>
        <KeyFacts view={view} />
      </div>
      <Button
        size="small"
        variant="quiet"
        aria-label={t('revokeOf', { name })}
        onClick={() => setIsAsking(true)}
      >
        {t('revoke')}
      </Button>
      <ConfirmDialog
        title={t('revokeTitle', { name })}
        description={t('revokeHelp')}
        action={t('revoke')}
        isOpen={isAsking}
        onConfirm={() => {
          setIsAsking(false)
          onRevoke()
        }}
        onClose={() => setIsAsking(false)}
      />
    </li>
  )
}

function KeyFacts({ view }: { view: KeyView }) {
  const t = useTranslations('keys')
  const { money, date, moment } = useFormat()
  const { limitUsd, expiresAt, lastUsedAt, createdBy } = view
  const now = serverNow()
  const isExpired = expiresAt !== null && Date.parse(expiresAt) <= now
  return (
    <p className="mt-1 flex flex-wrap gap-x-4 text-soft tabular-nums">
      <span>{limitUsd === null ? t('noLimit') : t('limited', { price: money(limitUsd) })}</span>
      <span className={isExpired ? 'text-signal-ink' : undefined}>
        {expiresAt === null
          ? t('neverExpires')
          : t(isExpired ? 'expired' : 'expires', { date: date(expiresAt) })}
      </span>
      <span>
        {lastUsedAt === null ? t('unused') : t('lastUse', { when: moment(lastUsedAt, now) })}
      </span>
      {createdBy !== null && <span dir="auto">{t('by', { name: createdBy })}</span>}
    </p>
  )
}
