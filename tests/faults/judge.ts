import type { Outcome } from './run-plan.ts'
import type { MoneyPlan } from './money-plan.ts'

/** What is wrong with an outcome: nothing, in a product that keeps its promises. */
export interface Verdict {
  /** Why the video counts as lost; null where it is not. */
  lost: string | null
  /** Why somebody paid twice without having asked for it. */
  billedTwice: string | null
  /** Whether it waits for the user, because nobody can tell what became of its submit. */
  waitsForUser: boolean
}

/**
 * Judges an outcome by the providers' books. A video is lost where it hangs in the middle, waits for the user although
 * somebody could tell, or failed although its job was done. Only where the user asked for another try, not knowing,
 * may there be another job: one for each time, and none where we had proof of the first after all.
 */
export function judge(plan: MoneyPlan, outcome: Outcome): Verdict {
  const waitsForUser = outcome.row?.state === 'submit_unknown'
  return { lost: lossIn(plan, outcome), billedTwice: doubleIn(outcome), waitsForUser }
}

function doubleIn({ jobs, believed }: Outcome) {
  if (believed.length > 0) return `a callback was believed: ${believed.join(', ')}`
  if (jobs.some(({ isNeedless }) => isNeedless)) return `needless: ${JSON.stringify(jobs)}`
  const consents = jobs.map((job) => job.consent)
  return new Set(consents).size === consents.length ? null : `jobs: ${JSON.stringify(jobs)}`
}

function lossIn(plan: MoneyPlan, outcome: Outcome) {
  const { row, jobs } = outcome
  if (!row) return plan.events.includes('delete') ? null : 'the row is gone, and nobody deleted it'
  const own = jobs.find(({ token }) => token === row.token)
  switch (row.state) {
    case 'completed':
      return own?.willSucceed ? null : 'completed without a job that succeeded'
    case 'canceled':
      return plan.events.includes('cancel') ? null : 'canceled, and nobody asked for it'
    case 'failed':
      return own?.willSucceed ? 'failed, and its job was done' : null
    case 'submit_unknown':
      return unknownIn(plan, outcome)
    default:
      return `still ${row.state}`
  }
}

/** Why somebody could have told what became of the submit; null where nobody can. */
function unknownIn(plan: MoneyPlan, { row, jobs, knocked }: Outcome) {
  const { token, provider } = row!
  const { canFind, canAdopt } = provider === 'kie' ? plan.first : plan.second
  if (canFind) return 'unknown, and the provider was not asked'
  if (canAdopt && knocked.has(token!)) return 'unknown, and a callback had named the job'
  return jobs.find((job) => job.token === token)?.wasAnswered ? 'its answer was lost' : null
}
