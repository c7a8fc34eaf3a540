import { useSay } from '#lib/messages/use-say'
import { ExternalLinkIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { formatMoment } from '#components/ui/format.ts'
import type { ProviderView } from '#lib/contract/provider-view'
import { partCondition } from '../../status/components/provider-condition.tsx'

/** Health, usage and last error of a provider that is on. */
export function ProviderFacts({ provider, nowMs }: { provider: ProviderView; nowMs: number }) {
  const say = useSay()
  const { label, billingUrl, health, lastError, callbacks } = provider
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm tabular-nums sm:grid-cols-[8rem_1fr]">
      {health && <Fact name="Health">{say(partCondition(health).sentence)}</Fact>}
      {health?.credits && <Fact name="Left">{creditLabel(health.credits)}</Fact>}
      {billingUrl && (
        <Fact name="Account">
          <a
            href={billingUrl}
            target="_blank"
            rel="noopener noreferrer"
            className={`inline-flex min-h-6 items-center gap-1.5 ${linkStyle}`}
          >
            <span>Billing</span>
            <span className="sr-only">{` at ${label}, in a new tab`}</span>
            <ExternalLinkIcon aria-hidden="true" className="size-3" />
          </a>
        </Fact>
      )}
      <Fact name="In use">{usageLabel(provider, nowMs)}</Fact>
      {lastError && (
        <Fact name="Last error">
          {lastError.at && (
            <>
              <time dateTime={lastError.at}>{formatMoment(lastError.at, nowMs)}</time>
              <span>: </span>
            </>
          )}{' '}
          <bdi>{say(lastError.message)}</bdi>{' '}
          <code className="font-mono text-tiny text-soft">{lastError.code}</code>
        </Fact>
      )}
      <Fact name="Webhooks">
        <span>{webhookMessages[callbacks]}</span>{' '}
        {callbacks !== 'on' && (
          <a href="#webhooks-heading" className={linkStyle}>
            Why
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

const webhookMessages: Record<ProviderView['callbacks'], string> = {
  on: 'On. We also poll.',
  'polling only': 'Polling only: it is asked until a video is done.',
}

const circuitLabels: Record<ProviderView['circuit'], string> = {
  closed: 'Yes, as usual.',
  open: 'No, paused after repeated failures.',
  half_open: 'On trial, one call at a time.',
}

/** Whether videos are sent to a provider that is on. */
export function usageLabel({ circuit, pause }: ProviderView, nowMs: number) {
  if (pause) return `No, paused until ${formatMoment(pause.until, nowMs)}.`
  return circuitLabels[circuit]
}

/** `1,240 credits`, `$18.20`: what is left on the account. */
export function creditLabel({ left, unit }: { left: number; unit: string }) {
  if (unit === 'USD' || unit === '$') return `$${left.toFixed(2)}`
  return `${left.toLocaleString('en', { maximumFractionDigits: 2 })} ${unit}`
}
