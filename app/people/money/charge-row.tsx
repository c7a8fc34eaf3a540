'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Tag } from '#components/ui/tag'
import { serverNow } from '#lib/contract/answer-headers'
import type { UsageAttempt, UsageEntry } from '#lib/contract/people/usage'
import { useFormat } from '#lib/messages/use-say'
import { PageLink } from '../../page-link.tsx'

interface ChargeRowProps {
  entry: UsageEntry
  /** Whether it is a video of the reader's, which then leads to its card. */
  isOwn?: boolean
  /** What may be done about it. */
  children?: ReactNode
}

/** A video and its money: held, charged, returned; how it came to that on demand. */
export function ChargeRow({ entry, isOwn = false, children }: ChargeRowProps) {
  const t = useTranslations('usage')
  const { moment } = useFormat()
  const { modelLabel, state, createdAt, keyId } = entry
  return (
    <li className="py-3 text-sm">
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <Prompt entry={entry} isOwn={isOwn} />
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-soft tabular-nums">
            <time dateTime={createdAt}>{moment(createdAt, serverNow())}</time>
            <span>{modelLabel}</span>
            {state !== 'settled' && <Tag>{t(`state_${state}`)}</Tag>}
            {keyId !== null && <span>{t('byKey')}</span>}
          </p>
        </div>
        <Amounts entry={entry} />
      </div>
      <Details entry={entry} />
      {children}
    </li>
  )
}

function Prompt({ entry: { prompt, fileId }, isOwn }: { entry: UsageEntry; isOwn: boolean }) {
  const t = useTranslations('usage')
  if (prompt === null) return <p className="text-soft italic">{t('deleted')}</p>
  if (!isOwn)
    return (
      <p dir="auto" className="line-clamp-2 wrap-anywhere">
        {prompt}
      </p>
    )
  return (
    <p dir="auto" className="wrap-anywhere">
      <PageLink
        href={`/tools/video-generator?video=${fileId}`}
        className="line-clamp-2 underline decoration-hairline underline-offset-4 hover:decoration-ink"
      >
        {prompt}
      </PageLink>
    </p>
  )
}

function Amounts({ entry }: { entry: UsageEntry }) {
  const t = useTranslations('usage')
  const { money, balance } = useFormat()
  const { heldUsd, chargedUsd, returnedUsd, ownUsd } = entry
  const amounts = [
    { label: t('held'), usd: heldUsd, write: money },
    { label: t('charged'), usd: chargedUsd, write: money },
    { label: t('returned'), usd: returnedUsd, write: balance },
    ...(ownUsd > 0 ? [{ label: t('own'), usd: ownUsd, write: money }] : []),
  ]
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 tabular-nums">
      {amounts.map(({ label, usd, write }) => (
        <div key={label}>
          <dt className="text-tiny text-soft">{label}</dt>
          <dd>{usd === null ? '–' : write(usd)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Details({ entry: { attempts, reason, prompt, fileId } }: { entry: UsageEntry }) {
  const t = useTranslations('usage')
  return (
    <details className="mt-1">
      <summary className="inline-flex min-h-6 cursor-pointer items-center text-soft underline decoration-hairline underline-offset-4 hover:text-ink touch:min-h-11">
        <span>{t('attempts', { count: attempts.length })}</span>
        <span dir="auto" className="sr-only">
          {prompt ?? fileId}
        </span>
      </summary>
      <p dir="auto" className="mt-1">
        {reason}
      </p>
      {attempts.length > 0 && (
        <ol className="mt-2 space-y-2 border-l border-hairline pl-4">
          {attempts.map((attempt) => (
            <Attempt key={attempt.number} attempt={attempt} />
          ))}
        </ol>
      )}
    </details>
  )
}

function Attempt({ attempt }: { attempt: UsageAttempt }) {
  const t = useTranslations()
  const { money } = useFormat()
  const { provider, outcome, reason, costUsd } = attempt
  return (
    <li>
      <p className="flex flex-wrap gap-x-3 tabular-nums">
        <span>{provider}</span>
        <span className="text-soft">{t(`failure.outcome.${outcome}`)}</span>
        <span className="text-soft">
          {costUsd === null ? t('usage.costUnknown') : money(costUsd)}
        </span>
      </p>
      <p dir="auto" className="text-soft">
        {reason}
      </p>
    </li>
  )
}
