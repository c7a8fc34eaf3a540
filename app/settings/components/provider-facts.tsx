import { useTranslations } from 'next-intl'
import { useFormat, useSay } from '#lib/messages/use-say'
import type { Format } from '#lib/messages/format'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { ExternalLinkIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ProviderView } from '#lib/contract/provider-view'
import { partCondition } from '../../status/components/provider-condition.tsx'

/** Health, usage and last error of a provider that is on. */
export function ProviderFacts({ provider, nowMs }: { provider: ProviderView; nowMs: number }) {
  const t = useTranslations('settings')
  const say = useSay()
  const format = useFormat()
  const { label, billingUrl, health, lastError, webhooks } = provider
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm tabular-nums sm:grid-cols-[8rem_1fr]">
      {health && <Fact name={t('health')}>{say(partCondition(health).sentence)}</Fact>}
      {health?.credits && <Fact name={t('left')}>{say(creditLabel(health.credits, format))}</Fact>}
      {billingUrl && (
        <Fact name={t('account')}>
          <a
            href={billingUrl}
            target="_blank"
            rel="noopener noreferrer"
            className={`inline-flex min-h-6 items-center gap-1.5 ${linkStyle}`}
          >
            <span aria-hidden="true">{t('billing')}</span>
            <span className="sr-only">{t('billingAt', { provider: label })}</span>
            <ExternalLinkIcon aria-hidden="true" className="size-3" />
          </a>
        </Fact>
      )}
      <Fact name={t('inUse')}>{say(usageLabel(provider))}</Fact>
      {lastError && (
        <Fact name={t('lastError')}>
          {lastError.at && (
            <time dateTime={lastError.at}>
              {t('errorAt', { time: format.moment(lastError.at, nowMs) })}
            </time>
          )}{' '}
          <bdi>{say(lastError.message)}</bdi>{' '}
          <code className="font-mono text-tiny text-soft">{lastError.code}</code>
        </Fact>
      )}
      <Fact name={t('webhooks')}>
        <span>{t(webhooks === 'on' ? 'webhooks_on' : 'webhooks_polling')}</span>{' '}
        {webhooks !== 'on' && (
          <a href="#webhooks-heading" className={linkStyle}>
            {t('why')}
          </a>
        )}
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-soft">{name}</dt>
      <dd dir="auto">{children}</dd>
    </>
  )
}

const linkStyle = 'underline decoration-edge underline-offset-4 hover:decoration-signal'

/** Whether videos are sent to a provider that is on. */
export function usageLabel({ circuit, cooldown }: ProviderView): MessageRef {
  if (cooldown) return message('settings.use_paused', { until: { moment: cooldown.until } })
  return message(`settings.use_${circuit}`)
}

/** `1,240 credits`, `$18.20`: what is left on the account; units of no words here are as the provider calls them. */
export function creditLabel(
  { left, unit }: { left: number; unit: string },
  format: Format,
): Sentence {
  if (unit === 'USD' || unit === '$') return `$${format.number(left, 2, 2)}`
  if (unit === 'credits')
    return message('settings.credits', { count: Math.round(left * 100) / 100 })
  return `${format.number(left, 2)} ${unit}`
}
