import { workQueue } from '../../jobs/queue.ts'
import { wakeEvents } from '../../jobs/wake-events.ts'
import { removeUnusedUploads } from '../../assets/unused-uploads.ts'
import { everySoOften } from '../../sweeping.ts'
import { productionDeps } from './deps.ts'
import { drive } from './drive.ts'
import { sweepWorkFolder } from './sweep-work-folder.ts'
import { sweep } from './sweep.ts'

/** What is done with the wake-ups of each queue, whatever brings them; so many at once. */
export const wakes = (['call', 'store'] as const).map((queue) => ({
  queue,
  ...wakeEvents[queue],
  onWake: (id: string, deps = productionDeps()) => drive(id, deps, { mayStore: queue === 'store' }),
}))

/** Takes wake-ups from the queue and sweeps, until stopped. Any number of processes may do so at once. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const deps = productionDeps()
  for (const { queue, onWake, atOnce } of wakes)
    await workQueue(queue, (id) => onWake(id, deps), atOnce)
  const { sweepMs, sweepUploadsMs } = deps.pace
  const generations = everySoOften(sweepMs, 'a sweep failed', () => sweep(deps))
  const others = [removeUnusedUploads, sweepWorkFolder].map((remove) =>
    everySoOften(sweepUploadsMs, 'a sweep failed', () => remove(deps)),
  )
  await generations.first
  return {
    async stop() {
      await Promise.all([generations, ...others].map((one) => one.stop()))
    },
  }
}
