import type { AttemptView, FileView } from '#lib/contract/file-view'
import { type ErrorCode, type ProviderErrorCode, providerErrorCodes } from '#lib/contract/problem'
import { secondsBetween } from '#lib/messages/format'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'

/** How an attempt ended, why and at what cost, in a few words each: "refused", "out of credits"; "done", "$1.20". */
export function attemptFacts({ outcome, error, costUsd }: AttemptView): Sentence[] {
  return [
    message(`failure.outcome.${outcome}`),
    ...(error && isProviderCode(error.code) ? [message(`failure.reason.${error.code}`)] : []),
    ...(costUsd ? [message('failure.attempt.cost', { price: { usd: costUsd } })] : []),
  ]
}

function isProviderCode(code: ErrorCode): code is ProviderErrorCode {
  return providerErrorCodes.some((known) => known === code)
}

/** Consecutive attempts that ended the same way at the same provider. */
export interface AttemptRun {
  /** The first of them. */
  attempt: AttemptView
  times: number
  /** When the last of them ended; null while it runs. */
  endedAt: string | null
}

/** Groups consecutive attempts that ended the same way, except those with a provider's id to look up. */
export function attemptRuns(attempts: readonly AttemptView[]) {
  const runs: AttemptRun[] = []
  for (const attempt of attempts) {
    const { endedAt } = attempt
    const last = runs.at(-1)
    if (last && isAlike(last.attempt, attempt))
      Object.assign(last, { times: last.times + 1, endedAt })
    else runs.push({ attempt, times: 1, endedAt })
  }
  return runs
}

function isAlike(a: AttemptView, b: AttemptView) {
  if (a.reference || b.reference) return false
  const isSame = a.provider === b.provider && a.outcome === b.outcome && a.costUsd === b.costUsd
  return isSame && a.error?.code === b.error?.code
}

/** "took 41 s", or "within 12 s" for several tries; null while it runs. */
export function spanLabel({ attempt, times, endedAt }: AttemptRun): MessageRef | null {
  if (!endedAt) return null
  const span = { seconds: secondsBetween(attempt.startedAt, endedAt) }
  return message(times > 1 ? 'failure.attempt.within' : 'failure.attempt.took', { span })
}

/** "Kie.ai was out of credits. Fell back to Google Vertex AI.", or null where the first provider made it. */
export function fallbackMessage({ attempts }: Pick<FileView, 'attempts'>): MessageRef | null {
  const last = attempts.at(-1)
  const before = attempts.findLast(({ provider }) => provider !== last?.provider)
  if (!last || !before) return null
  const code = before.error && isProviderCode(before.error.code) ? before.error.code : null
  const because = message(`failure.because.${code ?? 'generation_failed'}`, {
    provider: before.providerLabel,
  })
  return message('failure.fellBack', { because, provider: last.providerLabel })
}

/** Whether a provider may have a job for this video, so that asking it again can help. */
export function wasTaken({ attempts, isDemo }: Pick<FileView, 'attempts' | 'isDemo'>) {
  if (isDemo) return false
  return attempts.some(({ reference, outcome }) => reference !== null || outcome === 'unknown')
}
