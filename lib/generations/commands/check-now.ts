import { setTimeout as sleep } from 'node:timers/promises'
import type { DeliveryChannel } from '#lib/contract/file-view'
import { type GenerationDeps, productionDeps } from '../engine/deps.ts'
import { drive } from '../engine/drive.ts'
import { sharedLook } from '../engine/shared-look.ts'
import { findOwned } from '../queries.ts'
import type { GenerationRow } from '../row.ts'
import { isFinalState, mayStillSucceed } from '../states.ts'
import { applyEvent } from '../store.ts'

const waitMs = 8_000
const lookMs = 200

/**
 * Asks the provider itself, now, and answers the generation as it is then; undefined where it is not this owner's.
 * Where a worker is asking already, waits for what it hears instead of asking twice; where it was asked in the last few
 * seconds, that answer serves.
 */
export async function checkNow(
  ownerId: string,
  id: string,
  deps: GenerationDeps = productionDeps(),
): Promise<GenerationRow | undefined> {
  const before = await findOwned(ownerId, id)
  const isOver = before && isFinalState(before.state) && !mayStillSucceed(before)
  if (!before || isOver) return before
  const deadline = Date.now() + waitMs
  await Promise.race([
    sharedLook(id, () => drive(id, deps, { force: true }), deps.now().getTime()),
    sleep(waitMs, undefined, { ref: false }),
  ])
  while (true) {
    const row = await findOwned(ownerId, id)
    const isBusy = row && row.leaseUntil !== null && row.version === before.version
    if (!isBusy || Date.now() > deadline) return row
    await sleep(lookMs)
  }
}

/** Writes down which channel's news was rendered first. The first report stays; later ones change nothing. */
export async function markDelivered(ownerId: string, id: string, by: DeliveryChannel) {
  await applyEvent(id, { type: 'delivered', ownerId, by })
}
