import { setTimeout as sleep } from 'node:timers/promises'
import { log } from '../log.ts'

const tries = 5
const firstPauseMs = 200

/**
 * Writes down what is known, also when the database stumbles (a deadlock, a lost connection, a restart): five tries
 * over six seconds, well within the lease. The answer to a paid submit must not be lost to a hiccup of ours.
 */
export async function insist<T>(write: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write()
    } catch (error) {
      if (attempt === tries) throw error
      log().warn({ err: error, attempt }, 'writing a step failed, trying again')
      await sleep(firstPauseMs * 2 ** attempt)
    }
  }
}
