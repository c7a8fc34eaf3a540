import { workQueue } from '../../jobs/queue.ts'
import { wakeEvents } from '../../jobs/wake-events.ts'
import { log } from '../../log.ts'
import { removeUnusedUploads } from '../../assets/unused-uploads.ts'
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
export async function startWorker(): Promise<{ stop(): void }> {
  const deps = productionDeps()
  for (const { queue, onWake, atOnce } of wakes)
    await workQueue(queue, (id) => onWake(id, deps), atOnce)
  const generations = repeat(() => sweep(deps), deps.pace.sweepMs)
  const uploads = repeat(() => removeUnusedUploads(deps), deps.pace.sweepUploadsMs)
  const leftovers = repeat(() => sweepWorkFolder(deps), deps.pace.sweepUploadsMs)
  await generations.first
  return {
    stop() {
      for (const { timer } of [generations, uploads, leftovers]) clearInterval(timer)
    },
  }
}

/** Does something now and every so often; a time that fails is logged, and not the last. */
function repeat(task: () => Promise<unknown>, intervalMs: number) {
  const once = () => task().catch((error: unknown) => log().warn({ err: error }, 'a sweep failed'))
  return { first: once(), timer: setInterval(() => void once(), intervalMs) }
}
