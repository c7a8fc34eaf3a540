import { workQueue } from '../jobs/queue.ts'
import { log } from '../log.ts'
import { productionDeps } from './deps.ts'
import { drive } from './drive.ts'
import { sweepImages, sweepImagesIntervalMs } from './sweep-images.ts'
import { sweep, sweepIntervalMs } from './sweep.ts'

// Steps mostly wait for somebody else; the provider's limit bounds what runs there, this what waits here.
const stepsAtOnce = 12

/** Takes wake-ups from the queue and sweeps, until stopped. Any number of processes may do so at once. */
export async function startWorker(): Promise<{ stop(): void }> {
  const deps = productionDeps()
  await workQueue((fileId) => drive(fileId, deps), stepsAtOnce)
  const files = repeat(() => sweep(deps), sweepIntervalMs)
  const images = repeat(() => sweepImages(deps), sweepImagesIntervalMs)
  await files.first
  return {
    stop() {
      clearInterval(files.timer)
      clearInterval(images.timer)
    },
  }
}

/** Does something now and again and again; a time that fails is told, and not the last. */
function repeat(task: () => Promise<unknown>, intervalMs: number) {
  const once = () => task().catch((error: unknown) => log().warn({ err: error }, 'a sweep failed'))
  return { first: once(), timer: setInterval(() => void once(), intervalMs) }
}
