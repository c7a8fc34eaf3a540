import { join } from 'node:path'
import { providers } from '../../ai/providers/index.ts'
import type { Provider } from '../../ai/providers/provider.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import type { Storage } from '../../assets/storage/storage.ts'
import { env } from '../../env.ts'
import { processWide } from '../../process-wide.ts'
import type { DatabaseClock } from '../store.ts'
import { type Pace, pace } from '../../pace.ts'

/** What a step works with. Handed in, so that a test brings its own providers, clock and storage. */
export interface GenerationDeps {
  providers: ReadonlyMap<string, Provider>
  storage: Storage
  fetch: typeof globalThis.fetch
  now(): Date
  /** Fences leases and due times; undefined for the database's own clock. */
  databaseClock?: DatabaseClock
  /** Our own address as the outside reaches it; null where it does not. */
  publicUrl: string | null
  /** Generations running at once, for each provider. */
  concurrency: number
  pace: Pace
  /** Scratch space on this machine; what lies there may be lost at any time. */
  workFolder: string
  /** Aborted when the process ends. */
  signal: AbortSignal
  /** Aborted a while later: the answer to a submit that is out is paid for, and waited for until then. */
  submitSignal: AbortSignal
}

/** The one abort signal that ends every step of this process. */
export function shutdownController() {
  return processWide('shutdown', () => new AbortController())
}

/** The one that ends the submits which are still out then. */
export function submitsController() {
  return processWide('submits end', () => new AbortController())
}

/** What the running product works with. */
export function productionDeps(): GenerationDeps {
  return processWide('generation deps', () => ({
    providers: providers(),
    storage: productionStorage(),
    fetch: globalThis.fetch,
    now: () => new Date(),
    publicUrl: env().PUBLIC_URL ?? null,
    concurrency: env().GENERATION_CONCURRENCY,
    pace: pace(),
    workFolder: join(env().DATA_DIR, 'work'),
    signal: shutdownController().signal,
    submitSignal: submitsController().signal,
  }))
}
