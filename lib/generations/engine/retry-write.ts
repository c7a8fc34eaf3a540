import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../../log.ts'

const tries = 5
const usualPauses = { firstMs: 200, longestMs: 5_000 }

/**
 * Writes down what is known, also when the database stumbles (a deadlock, a lost connection, a restart): five tries
 * over six seconds, well within the lease.
 *
 * @param until for what only this process knows, the answer to a paid submit: goes on trying until this is aborted.
 */
export async function retryWrite<T>(
  write: () => Promise<T>,
  until?: AbortSignal,
  pauses = usualPauses,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      const isLast = until ? until.aborted || isRefused(error) : attempt >= tries
      if (isLast) throw error
      log().warn({ err: error, attempt }, 'writing a step failed, trying again')
      const pauseMs = Math.min(pauses.firstMs * 2 ** attempt, pauses.longestMs)
      await sleep(pauseMs, undefined, until && { signal: until }).catch(() => {})
    }
  }
}

/** Whether the database looked at what it was given and will never take it: what a provider says may be such. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isOfData = 'code' in error && /^2[23]/.test(String(error.code))
  return isOfData || isRefused(error.cause)
}
