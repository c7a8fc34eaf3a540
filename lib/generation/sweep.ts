import { dueFiles } from '../files/due-files.ts'
import { forgetOldKeys } from '../files/idempotency-key.ts'
import { forgetOldDeliveries } from '../files/webhook-inbox.ts'
import { wakeFiles } from '../jobs/queue.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'

export const sweepIntervalMs = 15_000
const filesASweep = 1_000

/**
 * Wakes every file whose time has come, or will before the next sweep. The rows are the truth and the queue a hint:
 * whatever job was lost, expired or died with its process, its file is found here.
 */
export async function sweep(deps: Pick<GenerationDeps, 'now'> = productionDeps()) {
  const now = deps.now()
  const due = await dueFiles(new Date(now.getTime() + sweepIntervalMs), filesASweep)
  await wakeFiles(due.map(({ id, runAt }) => ({ fileId: id, ...(runAt > now && { at: runAt }) })))
  await forgetOldKeys(now)
  await forgetOldDeliveries(now)
  return due.length
}
