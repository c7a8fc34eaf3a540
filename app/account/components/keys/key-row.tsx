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
import { ChangeKeyForm } from './change-key-form.tsx'

interface KeyRowProps {
  view: KeyView
  onChanged: () => Promise<void>
  onRevoke: () => void
}

/** One key: how to tell it from others, what it may do, and the ways to change and to end it. */
export function KeyRow({ view, onChanged, onRevoke }: KeyRowProps) {
  const t = useTranslations('keys')
  const [isChanging, setIsChanging] = useState(false)
  const { name, start, scopes } = view
  return (
    <li className="py-3">
      <div className={`${rowStyle} py-0!`}>
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
        <div className="-mx-2 flex flex-wrap">
          <Button
            size="small"
            variant="quiet"
            aria-label={t('changeOf', { name })}
            aria-expanded={isChanging}
            onClick={() => setIsChanging(!isChanging)}
          >
            {t('change')}
          </Button>
          <Revoking name={name} onRevoke={onRevoke} />
        </div>
      </div>
      {isChanging && (
        <ChangeKeyForm
          view={view}
          onChanged={async () => {
            setIsChanging(false)
            await onChanged()
          }}
          onClose={() => setIsChanging(false)}
        />
      )}
    </li>
  )
}

/** Ends a key, once that is confirmed. */
function Revoking({ name, onRevoke }: Pick<KeyView, 'name'> & Pick<KeyRowProps, 'onRevoke'>) {
  const t = useTranslations('keys')
  const [isAsking, setIsAsking] = useState(false)
  return (
    <>
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
    </>
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
