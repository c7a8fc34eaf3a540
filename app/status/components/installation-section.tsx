'use client'

import { useTranslations } from 'next-intl'
import { type MessageRef, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { useHealth } from '#lib/ai/api/reads/use-health'
import type { HealthView } from '#lib/contract/provider-view'
import { ConditionMark, partCondition } from './provider-condition.tsx'
import { LoadProblem } from './load-problem.tsx'

const parts = ['database', 'queue', 'storage'] as const

/** The installation: one verdict, and the health of its parts. */
export function InstallationSection() {
  const t = useTranslations('status')
  const say = useSay()
  const { health, error, reload } = useHealth()
  return (
    <section aria-labelledby="installation-heading">
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="installation-heading" className="text-2xl font-semibold tracking-tight">
          {t(`verdict_${health ? verdictOf(health) : 'loading'}`)}
        </h2>
        <p className="min-h-5 text-sm text-soft tabular-nums max-sm:w-full">
          {health && `Photofinish ${health.version}`}
        </p>
      </div>
      {error && (
        <div className="mb-6">
          <LoadProblem title={t(health ? 'stale' : 'noAnswer')} problem={error} onRetry={reload} />
        </div>
      )}
      <dl className="grid border-y border-hairline sm:grid-cols-3">
        {parts.map((key) => (
          <div key={key} className={partStyle}>
            <dt className="text-soft">{t(key)}</dt>
            <dd className="mt-1 min-h-11">
              {health ? (
                <Part part={health[key]} wellMessage={message(`status.${key}Ok`)} />
              ) : (
                <Waiting />
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p dir="auto" className="mt-4 min-h-5 max-w-3xl text-sm text-soft">
        {health && say(webhookMessage(health))}
      </p>
    </section>
  )
}

function verdictOf(health: HealthView) {
  const isOnlyProviders = parts.every((key) => health[key].state === 'ok')
  if (health.status === 'degraded' && isOnlyProviders) return 'providers'
  return health.status
}

function webhookMessage({ webhooks }: HealthView) {
  return webhooks === 'on' ? message('status.webhooksOn') : webhooks
}

function Part({ part, wellMessage }: { part: HealthView['database']; wellMessage: MessageRef }) {
  const say = useSay()
  const { tone, word, sentence } = partCondition({ message: wellMessage, ...part })
  return (
    <>
      <ConditionMark tone={tone} word={word} />
      <p dir="auto" className="text-soft">
        {say(sentence)}
      </p>
    </>
  )
}

function Waiting() {
  const t = useTranslations('ui')
  return (
    <span className="unexposed block h-5 w-24 rounded-sm">
      <span className="sr-only">{t('loading')}</span>
    </span>
  )
}

const partStyle =
  'py-4 text-sm not-first:border-t not-first:border-hairline sm:px-6 sm:not-first:border-t-0 sm:not-first:border-l sm:first:pl-0'
