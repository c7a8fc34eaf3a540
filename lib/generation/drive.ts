import { setTimeout as sleep } from 'node:timers/promises'
import { callFirstInQueue } from '../files/queue-places.ts'
import { wakeFile, wakeFiles } from '../jobs/queue.ts'
import { advance } from './advance.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { renumberSoon } from './renumber-soon.ts'

// The queue's clock ticks once a second; a step due sooner than this is waited for in place.
const nearMs = 1_500
// A job of the queue must end before it expires (60 s); what is left then goes through the queue again.
const turnMs = 20_000

/** Advances a file until its next step is not near any more, then sees to it that somebody is woken for that one. */
export async function drive(
  fileId: string,
  deps: GenerationDeps = productionDeps(),
  options: { force?: boolean } = {},
) {
  const endOfTurn = Date.now() + turnMs
  let { force } = options
  while (true) {
    const step = await advance(fileId, deps, { force: force ?? false })
    force = false
    if (step.freed) await wakeQueued(step.freed, deps)
    if (!step.runAt || !step.stepped) return
    const waitMs = step.runAt.getTime() - deps.now().getTime()
    if (waitMs > nearMs || Date.now() > endOfTurn || deps.signal.aborted) {
      await wakeFile(fileId, step.runAt)
      return
    }
    await sleep(Math.max(0, waitMs), undefined, { signal: deps.signal }).catch(() => {})
  }
}

/** A slot is free: wakes those whose turn it is, and tells the others their new places. */
async function wakeQueued(provider: string, deps: GenerationDeps) {
  const next = await callFirstInQueue(provider, deps.concurrency, deps.now())
  if (next.length === 0) return
  await wakeFiles(next.map((fileId) => ({ fileId })))
  renumberSoon(provider)
}
