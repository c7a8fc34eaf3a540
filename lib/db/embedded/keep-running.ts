import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../../log.ts'
import { type Pace, pace as paceOfProcess } from '../../pace.ts'
import type { EmbeddedPostgres } from './embedded-postgres.ts'

const longestPauseMs = 60_000
// Within the minute after which PostgreSQL gives up a connection that says nothing.
const connectionMs = 30_000
// Once it has run for so long, a death counts as the first again.
const steadyMs = 60_000

interface Clock {
  now(): number
  sleep(ms: number, until: AbortSignal): Promise<unknown>
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal, ref: false }),
}

interface Options {
  /** Aborted when the process ends: from then on it is not started again. */
  until: AbortSignal
  pace?: Pick<Pace, 'databaseLookMs' | 'databasePauseMs'>
  clock?: Clock
}

/**
 * Keeps a connection to the database's socket, and starts the database again where it ends and the socket does not answer:
 * the first time at once, then after pauses that double up to a minute. Resolves after `until`, once no start is under way.
 */
export async function keepRunning(
  database: Pick<EmbeddedPostgres, 'connectionEnds' | 'isAnswering' | 'start'>,
  { until, pace = paceOfProcess(), clock = realClock }: Options,
): Promise<void> {
  let deaths = 0
  let startedAt = Number.NEGATIVE_INFINITY
  const pauses = (ms: number) => clock.sleep(ms, until).catch(() => {})
  while (!until.aborted) {
    await pauses(pace.databaseLookMs)
    await database.connectionEnds(connectionMs, until)
    if (until.aborted || (await database.isAnswering())) continue
    if (clock.now() - startedAt > steadyMs) deaths = 0
    const pauseMs = deaths && Math.min(pace.databasePauseMs * 2 ** (deaths - 1), longestPauseMs)
    deaths += 1
    log().error({ deaths, pauseMs }, 'the embedded database is gone: starting it again')
    if (pauseMs > 0) await pauses(pauseMs)
    if (until.aborted) break
    await startAgain(database)
    startedAt = clock.now()
  }
}

async function startAgain(database: Pick<EmbeddedPostgres, 'start'>) {
  await database.start().then(
    () => log().warn('the embedded database runs again'),
    (error: unknown) => log().error({ err: error }, 'the embedded database did not start'),
  )
}
