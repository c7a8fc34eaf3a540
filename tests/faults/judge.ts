import type { Outcome } from './run-plan.ts'
import type { MoneyPlan } from './money/money-plan.ts'

/** What is wrong with an outcome: nothing, in a product that keeps its promises. */
export interface Verdict {
  /** Why the video counts as lost; null where it is not. */
  lost: string | null
  /** Why the user paid twice without having asked for it. */
  billedTwice: string | null
  /** Where our books and the provider's differ. */
  misbooked: string | null
  /** Whether it waits for the user, because it cannot be told what became of its submit. */
  waitsForUser: boolean
}

/**
 * Judges an outcome by the providers' books. A video is lost where it hangs in the middle, waits for the user although
 * it could be told, or failed although its job was done. Only where the user asked for another try, not knowing,
 * may there be another job: one for each time, and none where we had proof of the first after all.
 */
export function judge(plan: MoneyPlan, outcome: Outcome): Verdict {
  const waitsForUser = outcome.row?.state === 'submit_unknown'
  return {
    lost: lossIn(plan, outcome),
    billedTwice: doubleIn(outcome),
    misbooked: misbookedIn(outcome),
    waitsForUser,
  }
}

function doubleIn({ jobs, believed }: Outcome) {
  if (believed.length > 0) return `a webhook was believed: ${believed.join(', ')}`
  if (jobs.some(({ isNeedless }) => isNeedless)) return `needless: ${JSON.stringify(jobs)}`
  const consents = jobs.map((job) => job.consent)
  return new Set(consents).size === consents.length ? null : `jobs: ${JSON.stringify(jobs)}`
}

function lossIn(plan: MoneyPlan, outcome: Outcome) {
  const { row, jobs } = outcome
  if (!row) return plan.events.includes('delete') ? null : 'the row is gone, and was not deleted'
  const own = jobs.find(({ idempotencyKey }) => idempotencyKey === row.attemptKey)
  switch (row.state) {
    case 'completed':
      return own?.willSucceed ? null : 'completed without a job that succeeded'
    case 'canceled':
      return plan.events.includes('cancel') ? null : 'canceled, and it was not asked for'
    case 'failed':
      return failureIn(jobs, own)
    case 'submit_unknown':
      return unknownIn(plan, outcome)
    default:
      return `still ${row.state}`
  }
}

/** Why it should not have failed: its own job was done, or one of an earlier submit that a living process heard of. */
function failureIn(jobs: Outcome['jobs'], own: Outcome['jobs'][number] | undefined) {
  if (own?.willSucceed) return 'failed, and its job was done'
  const heardOf = jobs.find((job) => job.willSucceed && job.wasAnswered && !job.isDoneAtOnce)
  return heardOf ? 'failed, and an earlier job was done' : null
}

/** Why it could have been told what became of the submit; null where it cannot. */
function unknownIn(plan: MoneyPlan, { row, jobs, notified }: Outcome) {
  const { attemptKey, provider } = row!
  const job = jobs.find(({ idempotencyKey }) => idempotencyKey === attemptKey)
  const { canFind, canAdopt } = provider === 'kie' ? plan.first : plan.second
  if (canFind && job) return 'unknown, and the provider was not asked'
  if (canAdopt && notified.has(attemptKey!)) return 'unknown, and a webhook had named the job'
  return job?.wasAnswered ? 'its answer was lost' : null
}

// Only of these may it be unknown what they cost.
const mayBeUnknown: ReadonlySet<string> = new Set(['unknown', 'accepted', 'failed', 'canceled'])

/** Compares what we booked with what the providers billed, attempt by attempt and for the video, to the micro-dollar. */
function misbookedIn({ row, attempts, jobs }: Outcome) {
  for (const { idempotencyKey, outcome, costMicros } of attempts) {
    const job = jobs.find((one) => one.idempotencyKey === idempotencyKey)
    const billed = job?.billedMicros ?? 0
    if (costMicros === null && !mayBeUnknown.has(outcome)) return `${outcome}, and no cost`
    if (costMicros !== null && costMicros !== billed)
      return `booked ${costMicros} for ${outcome}, billed ${billed}`
  }
  const strangers = jobs.filter(({ idempotencyKey: key }) =>
    attempts.every((one) => one.idempotencyKey !== key),
  )
  if (strangers.length > 0) return `billed, and not in our books: ${JSON.stringify(strangers)}`
  return row ? misbookedVideo(row.costMicros, row.state, attempts) : null
}

function misbookedVideo(
  costMicros: number | null,
  state: string,
  attempts: Outcome['attempts'],
): string | null {
  const isUnknown = attempts.some((one) => one.costMicros === null)
  const sum = attempts.reduce((total, one) => total + (one.costMicros ?? 0), 0)
  const isOver = state === 'completed' || state === 'failed' || state === 'canceled'
  const expected = isUnknown || !isOver ? null : sum
  return costMicros === expected || !isOver
    ? null
    : `the video cost ${costMicros}, its attempts ${expected}`
}
