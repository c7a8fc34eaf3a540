'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { serverNow } from '#lib/contract/answer-headers'
import type { LimitView } from '#lib/contract/people/usage'
import { useFormat } from '#lib/messages/use-say'

/** Limits with how much of each is used, and when it resets. */
export function LimitMeters({ limits }: { limits: readonly LimitView[] }) {
  const t = useTranslations('usage')
  const { money, moment } = useFormat()
  return (
    <ul className="space-y-5 text-sm tabular-nums">
      {limits.map(({ scope, period, limitUsd, spentUsd, resetsAt }) => {
        const [kind = ''] = scope.split(':')
        const share = limitUsd > 0 ? Math.min(1, spentUsd / limitUsd) : 1
        return (
          <li key={`${scope} ${period}`}>
            <div className="flex flex-wrap justify-between gap-x-6 gap-y-1">
              <span>{t('limit', { scope: kind, period })}</span>
              <span>{t('limitUsed', { spent: money(spentUsd), limit: money(limitUsd) })}</span>
            </div>
            <span
              aria-hidden="true"
              className="mt-1.5 block h-1.5 bg-sunken forced-color-adjust-none"
            >
              <span
                style={{ width: `${share * 100}%` }}
                className={clsx('block h-full', share < 1 ? 'bg-ink' : 'bg-signal')}
              />
            </span>
            <p className="mt-1 text-soft">
              <time dateTime={resetsAt}>
                {t('resets', { when: moment(resetsAt, serverNow()) })}
              </time>
            </p>
          </li>
        )
      })}
    </ul>
  )
}
