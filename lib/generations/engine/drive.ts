import { setTimeout as sleep } from 'node:timers/promises'
import { wakeGeneration, wakeGenerations } from '../../jobs/queue.ts'
import { advance } from './advance.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { nextInQueue } from './queue.ts'

// The queue's clock ticks once a second; a step due sooner than this is waited for in place.
const nearMs = 1_500
// A job of the queue holds one of its places meanwhile; what is left then goes through the queue again.
const turnMs = 20_000

/**
 * Advances a generation until its next step is not near any more, then sees to it that it is woken for that one.
 * Bytes are brought and stored by the queue's own workers for that, so that they never hold up a submit or a check.
 */
export async function drive(
  generationId: string,
  deps: GenerationDeps = productionDeps(),
  options: { force?: boolean; mayStore?: boolean } = {},
) {
  const endOfTurn = Date.now() + turnMs
  let { force = false } = options
  const { mayStore = false } = options
  while (true) {
    const step = await advance(generationId, deps, { force, mayStore })
    force = false
    if (step.freed) await dispatch(step.freed, deps)
    // One that waits for a slot is woken when there is one: `dispatch` has looked.
    if (!step.dueAt || !step.stepped || step.waitsForSlot) return
    const waitMs = step.dueAt.getTime() - deps.now().getTime()
    const isForStore = step.row?.state === 'storing' && !step.row.deletedAt && !mayStore
    if (isForStore || waitMs > nearMs || Date.now() > endOfTurn || deps.signal.aborted) {
      await wakeGeneration({ id: generationId, at: step.dueAt, state: step.row?.state })
      return
    }
    await sleep(Math.max(0, waitMs), undefined, { signal: deps.signal }).catch(() => {})
  }
}

/** Wakes the generations that can take a free slot of a provider now. Answers how many. */
export async function dispatch(
  provider: string,
  deps: GenerationDeps = productionDeps(),
  wake = wakeGenerations,
) {
  if (deps.signal.aborted) return 0
  const next = await nextInQueue(provider, deps.concurrency, deps.now())
  await wake(next.map((id) => ({ id, state: 'queued' })))
  return next.length
}
