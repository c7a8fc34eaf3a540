import { workQueue } from '../jobs/queue.ts'
import { log } from '../log.ts'
import { productionDeps } from './deps.ts'
import { drive } from './drive.ts'
import { sweep, sweepIntervalMs } from './sweep.ts'

// Steps mostly wait for somebody else; the provider's limit bounds what runs there, this what waits here.
const stepsAtOnce = 12

/** Takes wake-ups from the queue and sweeps, until stopped. Any number of processes may do so at once. */
export async function startWorker(): Promise<{ stop(): void }> {
  const deps = productionDeps()
  await workQueue((fileId) => drive(fileId, deps), stepsAtOnce)
  const sweepOnce = () =>
    sweep(deps).catch((error: unknown) => log().warn({ err: error }, 'a sweep failed'))
  await sweepOnce()
  const timer = setInterval(() => void sweepOnce(), sweepIntervalMs)
  return { stop: () => clearInterval(timer) }
}
