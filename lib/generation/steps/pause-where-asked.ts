import type { ProviderError } from '../../ai/providers/provider-error.ts'
import { pauseProvider } from '../../files/provider-pauses.ts'
import { log } from '../../log.ts'
import { insist } from '../insist.ts'
import { needsOperator } from '../needs-operator.ts'
import { type StepWork, after } from './step.ts'

const operatorPauseMs = 15 * 60_000

/** 429 leaves the provider alone for as long as it asked; 401 and 402 until the operator has seen to it. */
export async function pauseWhereAsked({ row, deps }: StepWork, error: ProviderError, now: Date) {
  const pauseMs = pauseMsOf(error)
  if (pauseMs === 0 || !deps.providers.has(row.provider)) return
  if (error.code !== 'rate_limited')
    log().error({ provider: row.provider, code: error.code }, 'a provider needs its operator')
  const until = after(now, pauseMs)
  const { code: errorCode, userMessage: reason } = error
  const pause = { provider: row.provider, until, errorCode, reason, now }
  await insist(() => pauseProvider(pause), deps.submitSignal)
}

function pauseMsOf({ code, retryAfterSeconds = 0 }: ProviderError) {
  if (needsOperator(code)) return operatorPauseMs
  return code === 'rate_limited' ? retryAfterSeconds * 1000 : 0
}
