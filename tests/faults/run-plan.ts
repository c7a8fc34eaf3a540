import type { GenerationRow } from '#lib/generations/row'
import { isFinalState } from '#lib/generations/states'
import { findGeneration } from '#lib/generations/queries'
import { claimFile, leaseMs } from '#lib/generations/engine/lease'
import { advance } from '#lib/generations/engine/advance'
import { cancelGeneration } from '#lib/generations/commands/cancel'
import { checkNow } from '#lib/generations/commands/check-now'
import { deleteGeneration } from '#lib/generations/commands/delete'
import { resubmit } from '#lib/generations/commands/resubmit'
import type { BookedJob } from './market.ts'
import type { EventWord, MoneyPlan } from './money-plan.ts'
import { sendCallback } from './send-callback.ts'
import { type Stage, setStage } from './stage.ts'

/** What became of one video, and what the providers' books say about it. */
export interface Outcome extends Pick<Stage, 'knocked' | 'believed'> {
  /** Undefined where it was deleted. */
  row: GenerationRow | undefined
  jobs: BookedJob[]
}

/**
 * Plays one script against the real pipeline, then lets time pass and everybody behave. What is finished is really
 * stored where `videoPath` is given, see `setStage`.
 */
export async function runPlan(plan: MoneyPlan, videoPath?: string): Promise<Outcome> {
  const stage = await setStage(plan, videoPath)
  const { id, market, knocked, believed } = stage
  try {
    await play(plan, stage)
    return { row: await findGeneration(id), jobs: market.jobs, knocked, believed }
  } finally {
    // Also after a failure: what is left of one script must not meet the next, or a counterexample shrinks to nonsense.
    await stage.close()
  }
}

async function play(plan: MoneyPlan, stage: Stage) {
  const { id, market, deps } = stage
  for (const event of plan.events) await events[event](stage)
  market.behave()
  while (await stage.wake());
  if (plan.knocksAtLast) for (const job of market.jobs) await sendCallback(stage, job)
  await settle(stage)
  // The user asks once more, as he may of any video that failed.
  await stage.untilDead(() => advance(id, deps, { force: true }))
  await settle(stage)
}

const stepsAtMost = 60
// As many looks at a submit that nobody knows the outcome of; then it waits for the user.
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

const user = 'somebody'
const threeDaysMs = 3 * 24 * 3_600_000

const events: Record<EventWord, (stage: Stage) => unknown> = {
  step: (stage) => stage.step(),
  'two steps at once': (stage) => stage.step(2),
  async 'claimed and killed'({ id, deps }) {
    if (await claimFile(id, deps.now(), false)) deps.pass(leaseMs + 1)
  },
  'check now': ({ id, hurried, untilDead }) => untilDead(() => checkNow(user, id, hurried)),
  'days pass': ({ deps }) => deps.pass(threeDaysMs),
  callback: (stage) => callback(stage),
  async 'callback of the first job'(stage) {
    const [first] = stage.market.jobs
    if (first) await sendCallback(stage, first)
  },
  async 'callback three times'(stage) {
    const [first] = stage.market.jobs
    if (first) await sendCallback(stage, first)
    for (let times = 0; times < 2; times++) await callback(stage)
  },
  'callback that lies': (stage) => callback(stage, { says: 'failed' }),
  'callback with a wrong signature': (stage) => callback(stage, { signature: 'bad' }),
  'callback with a wrong token': (stage) => callback(stage, { token: 'token_of_nobody' }),
  cancel: ({ id, hurried, untilDead }) => untilDead(() => cancelGeneration(user, id, hurried)),
  delete: ({ id, hurried, untilDead }) => untilDead(() => deleteGeneration(user, id, hurried)),
  resubmit: (stage) => resubmit(stage),
  async 'resubmit while the callback lies in the inbox'(stage) {
    await callback(stage)
    await resubmit(stage)
  },
  async 'callback while the resubmit is queued'(stage) {
    await resubmit(stage)
    await callback(stage)
  },
  'the dead wake': (stage) => stage.wake(),
}

function resubmit({ id, deps, market, untilDead }: Stage) {
  return untilDead(async () => {
    await resubmit(user, id, deps)
    market.consents++
  })
}

function callback(stage: Stage, lie?: Parameters<typeof sendCallback>[2]) {
  const job = stage.market.jobs.at(-1)
  return job && sendCallback(stage, job, lie)
}
