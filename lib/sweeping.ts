import { setTimeout as sleep } from 'node:timers/promises'
import { log } from './log.ts'

/** Work that is done again and again. */
export interface Sweep {
  /** Settles when the first run is over. */
  first: Promise<void>
  stop(): Promise<void>
}

const patienceMs = 2_000

/**
 * Does some work now and every so often, one run at a time. What fails is logged, and done again at the next turn. A stop waits
 * for the run that is under way, two seconds at most: what it leaves is there at the next start.
 */
export function everySoOften(everyMs: number, failed: string, work: () => Promise<unknown>): Sweep {
  let run: Promise<void> | undefined
  const once = async () => {
    await work().catch((error: unknown) => log().warn({ err: error }, failed))
    run = undefined
  }
  const sweep = () => void (run ??= once())
  const first = (run = once())
  const timer = setInterval(sweep, everyMs)
  return {
    first,
    async stop() {
      clearInterval(timer)
      await Promise.race([run, sleep(patienceMs, undefined, { ref: false })])
    },
  }
}
