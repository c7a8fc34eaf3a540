import { setTimeout as sleep } from 'node:timers/promises'
import { isOpen } from '../files/attempts.ts'
import type { FileRow } from '../files/file-row.ts'
import { isFinalState } from '../files/file-states.ts'
import { findOwnedFile } from '../files/find-file.ts'
import { type GenerationDeps, productionDeps } from './deps.ts'
import { drive } from './drive.ts'

/** A failed video with a job of its own, or an attempt that may have one: a late success is delivered. */
function mayStillSucceed({ state, operation, attempts }: FileRow) {
  return state === 'failed' && (operation !== null || attempts.some((one) => isOpen(one.outcome)))
}

const waitMs = 8_000
const lookMs = 200

/**
 * Asks the provider itself, now, and answers the file as it is then; undefined where it is not this user's. Where
 * a worker is already asking, waits for what it hears instead of asking twice.
 */
export async function checkNow(
  userId: string,
  fileId: string,
  deps: GenerationDeps = productionDeps(),
): Promise<FileRow | undefined> {
  const before = await findOwnedFile(userId, fileId)
  const isOver = before && isFinalState(before.state) && !mayStillSucceed(before)
  if (!before || isOver) return before
  const deadline = Date.now() + waitMs
  await Promise.race([
    drive(fileId, deps, { force: true }),
    sleep(waitMs, undefined, { ref: false }),
  ])
  while (true) {
    const row = await findOwnedFile(userId, fileId)
    const isBusy = row && row.leaseUntil !== null && row.version === before.version
    if (!isBusy || Date.now() > deadline) return row
    await sleep(lookMs)
  }
}
