import type { ProviderPause } from '../../files/provider-pauses.ts'
import { type StepWork, after } from './step.ts'

const lookAgainMs = 60_000

/** A provider that is not switched on any more stands still like one that rests, for as long as it takes. */
export function switchedOff({ row, deps }: StepWork): ProviderPause {
  const now = deps.now()
  return {
    provider: row.provider,
    until: after(now, lookAgainMs),
    errorCode: 'provider_unavailable',
    reason: `${row.providerLabel || row.provider} is switched off here at the moment.`,
    createdAt: now,
  }
}
