import { wakeOverdue } from '../../jobs/queue.ts'
import { forgetOldKeys } from '../start/idempotency.ts'
import { dueGenerations } from '../queries.ts'
import { forgetOldDeliveries } from '../webhooks/webhook-inbox.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { dispatch } from './drive.ts'
import { canceledInQueue, queuedProviders } from './queue.ts'

const generationsASweep = 1_000

/**
 * Wakes every generation whose time has come, or will before the next sweep, and the first of each queue. The rows are
 * the truth and the queue a hint: whatever job was lost, expired or died with its process, its generation is found
 * here.
 */
export async function sweep(deps: GenerationDeps = productionDeps()) {
  const now = deps.now()
  const before = new Date(now.getTime() + deps.pace.sweepMs)
  const due = await dueGenerations(before, generationsASweep)
  await wakeOverdue(
    due.map(({ id, dueAt, state }) => ({ id, state, ...(dueAt > now && { at: dueAt }) })),
  )
  const canceled = await canceledInQueue(generationsASweep)
  await wakeOverdue(canceled.map((id) => ({ id, state: 'queued' })))
  let woken = due.length + canceled.length
  for (const provider of await queuedProviders())
    woken += await dispatch(provider, deps, wakeOverdue)
  await forgetOldKeys(now)
  await forgetOldDeliveries(now)
  return woken
}
