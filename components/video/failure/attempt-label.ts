import { formatSpan, formatUsd, secondsBetween } from '#components/ui/format.ts'
import type { AttemptOutcome, AttemptView, FileView } from '#lib/contract/file-view'
import type { ErrorCode } from '#lib/contract/problem'

const outcomeLabels: Record<AttemptOutcome, string> = {
  submitting: 'being asked',
  accepted: 'at work',
  refused: 'refused',
  unknown: 'did not answer',
  completed: 'made it',
  failed: 'failed',
  canceled: 'canceled',
}

/** Reasons of a failure, for use after a colon and after a provider's name. */
const reasons: Partial<Record<ErrorCode, { noun: string; clause: string }>> = {
  auth: { noun: 'key not accepted', clause: 'did not accept its key' },
  insufficient_credits: { noun: 'no credits', clause: 'had no credits' },
  rate_limited: { noun: 'too busy', clause: 'was too busy' },
  invalid_input: { noun: 'settings not accepted', clause: 'did not accept the settings' },
  content_policy: { noun: 'against its content policy', clause: 'refused the prompt' },
  provider_unavailable: { noun: 'not reachable', clause: 'was not reachable' },
  model_retired: { noun: 'model no longer offered', clause: 'no longer offers the model' },
  not_found_or_expired: { noun: 'job no longer known', clause: 'lost the job' },
  generation_failed: { noun: 'could not make it', clause: 'could not make it' },
  output_expired: { noun: 'result no longer held', clause: 'lost the result' },
  timeout: { noun: 'took too long', clause: 'took too long' },
}

/** "Kie.ai: refused, no credits", "Google Vertex AI: made it, $1.20". */
export function attemptLabel({ providerLabel, outcome, error, costUsd }: AttemptView) {
  const reason = error && reasons[error.code]?.noun
  const cost = costUsd ? formatUsd(costUsd) : null
  return `${providerLabel}: ${[outcomeLabels[outcome], reason, cost].filter(Boolean).join(', ')}`
}

/** Consecutive attempts with the same label. */
export interface AttemptRun {
  /** The first of them. */
  attempt: AttemptView
  words: string
  times: number
  /** When the last of them ended; null while it runs. */
  endedAt: string | null
}

/** Groups consecutive attempts with the same label, except those with a provider's id to look up. */
export function attemptRuns(attempts: readonly AttemptView[]) {
  const runs: AttemptRun[] = []
  for (const attempt of attempts) {
    const { endedAt } = attempt
    const words = attemptLabel(attempt)
    const last = runs.at(-1)
    if (last?.words === words && !last.attempt.reference && !attempt.reference)
      Object.assign(last, { times: last.times + 1, endedAt })
    else runs.push({ attempt, words, times: 1, endedAt })
  }
  return runs
}

/** "took 41 s", or "within 12 s" for several tries; null while it runs. */
export function spanLabel({ attempt, times, endedAt }: AttemptRun) {
  if (!endedAt) return null
  const span = formatSpan(secondsBetween(attempt.startedAt, endedAt))
  return times > 1 ? `within ${span}` : `took ${span}`
}

/** "Kie.ai had no credits, Google Vertex AI stepped in", or null where the first provider made it. */
export function fallbackMessage({ attempts }: Pick<FileView, 'attempts'>) {
  const last = attempts.at(-1)
  const before = attempts.findLast(({ provider }) => provider !== last?.provider)
  if (!last || !before) return null
  const clause = (before.error && reasons[before.error.code]?.clause) ?? 'could not do it'
  return `${before.providerLabel} ${clause}, ${last.providerLabel} stepped in`
}

/** Whether a provider may have a job for this video, so that asking it again can help. */
export function wasTaken({ attempts, isDemo }: Pick<FileView, 'attempts' | 'isDemo'>) {
  if (isDemo) return false
  return attempts.some(({ reference, outcome }) => reference !== null || outcome === 'unknown')
}
