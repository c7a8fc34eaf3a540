import type { Transaction } from '../../db/client.ts'
import { batch } from '../../db/library-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { claimIdempotencyKey, earlierOf } from '../start/idempotency.ts'

export interface Admission {
  ownerId: string
  /** For the list of batches. */
  name: string
  /** One an intention: the same key and body are the same batch. */
  key: string | null
  bodyHash: string
  now: Date
}

/** Of a batch that is being admitted. */
export interface Admitted {
  id: string
  /** Takes the key and writes the batch, in the transaction that starts its first generation. */
  begin: (tx: Transaction, total: number) => Promise<void>
}

/**
 * Starts a batch once for each key, and answers its id: of this one, or of the one that was started before. `start` starts
 * all of it in one transaction, in which it calls `begin`, or none of it. Throws what `start` throws.
 */
export async function admitOnce(
  { ownerId, name, key, bodyHash, now }: Admission,
  start: (admitted: Admitted) => Promise<void>,
): Promise<string> {
  const earlier = key === null ? undefined : await earlierOf({ ownerId, key, bodyHash })
  // What was started stays started, also where its models are off since.
  if (typeof earlier === 'string') return earlier
  const id = newId('batch')
  const begin = async (tx: Transaction, total: number) => {
    const claim = { ownerId, bodyHash, generationId: id, now }
    const taken = key && (await claimIdempotencyKey(tx, { ...claim, key }))
    if (taken) throw new AlreadyStarted(taken)
    await tx.insert(batch).values({ id, ownerId, name, total, createdAt: now })
  }
  try {
    await start({ id, begin })
    return id
  } catch (error) {
    if (error instanceof AlreadyStarted) return error.batchId
    // What the same request has started meanwhile may be why there is nothing left to do for this one, or no room.
    const meanwhile =
      key !== null && error instanceof AppError && (await earlierOf({ ownerId, key, bodyHash }))
    if (typeof meanwhile === 'string') return meanwhile
    throw error
  }
}

/** The same request was admitted by another process meanwhile. */
class AlreadyStarted extends Error {
  readonly batchId: string

  constructor(batchId: string) {
    super('this batch was started before')
    this.batchId = batchId
  }
}
