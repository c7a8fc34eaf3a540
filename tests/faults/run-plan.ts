import { callerNamed } from '../support/people/caller-named.ts'
import type { GenerationRow } from '#lib/generations/row'
import { isFinalState } from '#lib/generations/states'
import { findGeneration } from '#lib/generations/queries'
import { attempt } from '#lib/db/generation-schema'
import { database } from '#lib/db/client'
import { claim } from '#lib/generations/engine/lease'
import { advance } from '#lib/generations/engine/advance'
import { cancelGeneration } from '#lib/generations/commands/cancel'
import { checkNow } from '#lib/generations/commands/check-now'
import { deleteGeneration } from '#lib/generations/commands/delete'
import { resubmit as resubmitGeneration } from '#lib/generations/commands/resubmit'
import { type Books, booksOf, spendTheRest } from './books.ts'
import type { BookedJob } from './market.ts'
import type { EventWord, MoneyPlan } from './money/money-plan.ts'
import { sendWebhook } from './send-webhook.ts'
import { type Stage, setStage } from './stage.ts'

/** What became of one video, and what the providers' books say about it. */
export interface Outcome extends Pick<Stage, 'notified' | 'believed'> {
  /** Undefined where it was deleted. */
  row: GenerationRow | undefined
  jobs: BookedJob[]
  /** Our own books, which outlive a deletion. */
  attempts: (typeof attempt.$inferSelect)[]
  books: Books
}

/**
 * Plays one script against the real pipeline, then lets time pass without faults. What is finished is really
 * stored where `madePath` is given, see `setStage`.
 */
export async function runPlan(plan: MoneyPlan, madePath?: string): Promise<Outcome> {
  const stage = await setStage(plan, madePath)
  const { id, market, notified, believed } = stage
  try {
    await play(plan, stage)
    const attempts = await database().select().from(attempt)
    const [row, books] = [await findGeneration(id), await booksOf(stage)]
    return { row, attempts, jobs: market.jobs, notified, believed, books }
  } finally {
    // Also after a failure: what is left of one script must not meet the next, or a counterexample shrinks to nonsense.
    await stage.close()
  }
}

async function play(plan: MoneyPlan, stage: Stage) {
  const { id, market, deps } = stage
  for (const event of plan.events) await events[event](stage)
  market.behave()
  market.arrive()
  while (await stage.wake());
  if (plan.notifiesAtLast) for (const job of market.jobs) await sendWebhook(stage, job)
  await settle(stage)
  // The user asks once more, as with any video that failed.
  await stage.untilDead(() => advance(id, deps, { force: true }))
  await settle(stage)
}

const stepsAtMost = 60
// As many looks at a submit with an unknown outcome; then it waits for the user.
const patience = 6

/** Lets time pass until the video is over, or waits for its user. */
async function settle({ id, step }: Stage) {
  for (let steps = 0, unknown = 0; steps < stepsAtMost && unknown < patience; steps++) {
    const row = await findGeneration(id)
    if (!row || (isFinalState(row.state) && !row.deletedAt)) return
    if (row.state === 'submit_unknown') unknown++
    await step()
  }
}

const threeDaysMs = 3 * 24 * 3_600_000

const events: Record<EventWord, (stage: Stage) => unknown> = {
  step: (stage) => stage.step(),
  'two steps at once': (stage) => stage.step(2),
  async 'claimed and killed'({ id, deps }) {
    if (await claim(id, deps, false)) deps.pass(deps.pace.leaseMs + 1)
  },
  'check now': ({ id, ownerId, hurried, untilDead }) =>
    untilDead(() => checkNow(ownerId, id, hurried)),
  'days pass': ({ deps }) => deps.pass(threeDaysMs),
  webhook: (stage) => webhook(stage),
  async 'webhook of the first job'(stage) {
    const [first] = stage.market.jobs
    if (first) await sendWebhook(stage, first)
  },
  async 'webhook three times'(stage) {
    const [first] = stage.market.jobs
    if (first) await sendWebhook(stage, first)
    for (let times = 0; times < 2; times++) await webhook(stage)
  },
  'webhook that lies': (stage) => webhook(stage, { says: 'failed' }),
  'webhook with a wrong signature': (stage) => webhook(stage, { signature: 'bad' }),
  'webhook with a wrong key': (stage) => webhook(stage, { idempotencyKey: 'token_never_given' }),
  'what is on its way arrives': ({ market }) => market.arrive(),
  cancel: ({ id, ownerId, hurried, untilDead }) =>
    untilDead(() => cancelGeneration(ownerId, id, hurried)),
  delete: ({ id, ownerId, hurried, untilDead }) =>
    untilDead(() => deleteGeneration(ownerId, id, hurried)),
  resubmit: (stage) => resubmit(stage),
  async 'resubmit while the webhook is in the inbox'(stage) {
    await webhook(stage)
    await resubmit(stage)
  },
  async 'webhook while the resubmit is queued'(stage) {
    await resubmit(stage)
    await webhook(stage)
  },
  'the dead wake': (stage) => stage.wake(),
  'the rest is spent': spendTheRest,
}

function resubmit({ id, ownerId, deps, market, untilDead }: Stage) {
  return untilDead(async () => {
    await resubmitGeneration(callerNamed(ownerId), id, deps)
    market.consents++
  })
}

function webhook(stage: Stage, lie?: Parameters<typeof sendWebhook>[2]) {
  const job = stage.market.jobs.at(-1)
  return job && sendWebhook(stage, job, lie)
}
