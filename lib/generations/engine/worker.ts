import { workQueue } from '../../jobs/queue.ts'
import { log } from '../../log.ts'
import { removeUnusedUploads } from '../../assets/unused-uploads.ts'
import { productionDeps } from './deps.ts'
import { drive } from './drive.ts'
import { sweepWorkFolder } from './sweep-work-folder.ts'
import { sweep } from './sweep.ts'

// What this process does at once. Calls mostly wait for a provider, whose own limits bound what runs there; bringing,
// inspecting and storing bytes takes memory, disk and processor of this machine.
const callsAtOnce = 12
const storesAtOnce = 4

/** Takes wake-ups from the queue and sweeps, until stopped. Any number of processes may do so at once. */
export async function startWorker(): Promise<{ stop(): void }> {
  const deps = productionDeps()
  await workQueue('call', (id) => drive(id, deps), callsAtOnce)
  await workQueue('store', (id) => drive(id, deps, { mayStore: true }), storesAtOnce)
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
