import { processWide } from './process-wide.ts'

/** How often the product does what it does again and again, in milliseconds. Tests that need not wait hurry it. */
export interface Pace {
  /** Between two polls of a browser for one file: told to it with each answer, in whole seconds. */
  pollMs: number
  /** The same for a file that has been under way for long. */
  slowPollMs: number
  /** Between two signs of life on an event stream; the browser gives one up after two and a half of the usual ones. */
  heartbeatMs: number
  /** Between two tries to listen to the database again. */
  relistenMs: number
  /** Between two sweeps for files that are due. */
  sweepMs: number
  /** How long a worker that has died keeps a file. */
  leaseMs: number
}

const usual: Pace = {
  pollMs: 10_000,
  slowPollMs: 30_000,
  heartbeatMs: 15_000,
  relistenMs: 500,
  sweepMs: 15_000,
  leaseMs: 12_000,
}

/** The pace of this process. */
export function pace(): Pace {
  return processWide('pace', () => ({ ...usual }))
}

/** Sets the pace, before the first use of it: changes as JSON, as the composition root finds them. */
export function usePace(changes = '{}') {
  Object.assign(pace(), JSON.parse(changes) as Partial<Pace>)
}
