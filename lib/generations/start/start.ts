import { usdOf } from '#lib/contract/money'
import { batchMaxRows } from '#lib/contract/library/batch'
import { message } from '#lib/messages/message'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { wakeGeneration } from '../../jobs/queue.ts'
import { log } from '../../log.ts'
import { type Hold, holdFor } from '../../money/holds.ts'
import { turnInQueue } from '../engine/queue.ts'
import { newsOfStart, tells, withoutTold } from '../news.ts'
import { findGeneration } from '../queries.ts'
import { type GenerationRow, shownColumns } from '../row.ts'
import { type IdempotencyClaim, claimIdempotencyKey } from './idempotency.ts'
import {
  type Batch,
  type Intention,
  type NewGeneration,
  type Prepared,
  type StartOptions,
  type Wanted,
  prepare,
} from './prepare.ts'
import { assertNotAdopted, assertOwnersRoom, startInTurn } from './room.ts'

/**
 * Starts a generation and its variations: once this resolves, each of them is a row in the database, and goes on
 * whatever breaks. The same key and body resolve to the same generations. Throws `AppError` with every
 * faulty field named.
 */
export async function startVariations(options: StartOptions): Promise<GenerationRow[]> {
  const [started] = await startTogether([options])
  if (started!.status === 'rejected') throw started!.reason
  return started!.value
}

/** Starts one generation. See `startVariations`. */
export async function startGeneration(options: StartOptions): Promise<GenerationRow> {
  const [row] = await startVariations(options)
  return row!
}

/**
 * Starts several requests of one caller, each as `startVariations` does: all of them, with one hold for all, or none.
 * Throws where one of them, or all together, may not be started; what was started before and is gone is rejected alone.
 */
export async function startTogether(
  requests: readonly StartOptions[],
  /** The most that all may cost together. */
  atMostMicros = Infinity,
): Promise<PromiseSettledResult<GenerationRow[]>[]> {
  const prepared: Prepared[] = []
  for (const one of requests) prepared.push(await prepare(one))
  return startPrepared(prepared, atMostMicros)
}

/** Starts what was prepared for one caller, as `startTogether` does. */
export async function startPrepared(
  prepared: readonly Prepared[],
  atMostMicros = Infinity,
): Promise<PromiseSettledResult<GenerationRow[]>[]> {
  const batches = prepared.filter((one) => one.kind === 'start')
  const started = batches.length > 0 ? await startAll(batches, atMostMicros) : []
  return Promise.allSettled(
    prepared.map(async (one) => {
      if (one.kind === 'same') return [await reuse(one.row, one.key, one.intention)]
      const made = one.kind === 'start' ? started[batches.indexOf(one)]! : one.ids
      return Promise.all(made.map(async (it) => (typeof it === 'string' ? replay(it) : it)))
    }),
  )
}

/**
 * Starts all that is wanted and holds what it may cost, or does neither, in one transaction; one whose key is taken already
 * is the one that took it.
 */
async function startAll(batches: readonly Batch[], atMostMicros: number) {
  const { caller, now } = batches[0]!.intention
  let missing = batches.reduce((sum, { wanted }) => sum + wanted.length, 0)
  const started = await startInTurn(caller.ownerId, async (tx) => {
    const holds: Hold[] = []
    const made: (string | GenerationRow)[][] = []
    for (const { wanted, intention } of batches) {
      const ofBatch = []
      for (const [index, one] of wanted.entries())
        ofBatch.push(
          await startOne(tx, one, { intention, holds, missing: missing--, isFirst: index === 0 }),
        )
      made.push(ofBatch)
    }
    assertWithin(holds, atMostMicros)
    // Last: it locks what all starts share. What was started before is held for already.
    await holdFor(tx, { payer: caller, holds, now })
    return made
  })
  for (const made of started.flat()) if (typeof made !== 'string') await wake(made)
  return started
}

/** Throws where all that is started together may cost more than it may. */
function assertWithin(holds: readonly Hold[], atMostMicros: number) {
  const micros = holds.reduce((sum, { amountMicros }) => sum + amountMicros, 0)
  if (micros <= atMostMicros) return
  const usd = (amount: number) => ({ usd: usdOf(amount) })
  const above = message('errors.aboveLimit', { price: usd(micros), limit: usd(atMostMicros) })
  throw new AppError('invalid_input', {
    userMessage: above,
    fields: [{ field: 'maxUsd', message: above }],
  })
}

interface Turn {
  intention: Intention
  /** What is to be held for is added to these. */
  holds: Hold[]
  /** How many are not started yet, this one included. */
  missing: number
  /** Whether it is the first of its request. */
  isFirst: boolean
}

async function startOne(
  tx: Transaction,
  { key, values }: Wanted,
  { intention, holds, missing, isFirst }: Turn,
) {
  const { caller, origin, batch, now } = intention
  const { ownerId, userId: startedBy, keyId } = caller
  // Of variations the first only.
  const id = (isFirst && intention.fileId) || newId('file')
  const claim = claimOf(key, intention, id)
  const earlier = claim && (await claimIdempotencyKey(tx, claim))
  if (earlier) return earlier
  await assertOwnersRoom(tx, ownerId, missing, batch && batchMaxRows)
  holds.push(holdOf(id, values))
  const from = {
    ...(origin && { originDoor: origin.door, originPlace: origin.place }),
    ...(batch && { batchId: batch.id, batchRow: batch.row }),
  }
  const row = { ...values, ...from, id, ownerId, startedBy, keyId, createdAt: now }
  return insertGeneration(tx, row, intention.alongside)
}

/** The most its user agreed to pay, which is the price at the most expensive provider that may make it. */
function holdOf(generationId: string, { model, ceilingMicros, priceFactor }: Wanted['values']) {
  return { generationId, model, amountMicros: ceilingMicros, priceFactor }
}

/** The row is committed: a failure to wake costs seconds, never the generation. */
async function wake({ id }: GenerationRow) {
  await wakeGeneration({ id }).catch((error: unknown) =>
    log().warn({ err: error, fileId: id }, 'not woken'),
  )
}

function claimOf(
  key: string | null,
  { caller: { ownerId }, bodyHash, now, keyKeptMs: keptMs }: Intention,
  generationId: string,
): IdempotencyClaim | undefined {
  return key === null ? undefined : { key, ownerId, bodyHash, now, generationId, keptMs }
}

/** Inserts a generation, due at once. */
export async function insertGeneration(
  tx: Transaction,
  values: NewGeneration,
  alongside?: StartOptions['alongside'],
): Promise<GenerationRow> {
  const turn = turnInQueue(values.ownerId, values.provider)
  const [row] = await tx
    .insert(generation)
    .values({ ...values, turn, dueAt: values.createdAt })
    .returning({ ...shownColumns, ...tells(newsOfStart(values)) })
  await alongside?.(tx, values.id)
  return withoutTold(row!)
}

/** Gives back a generation that is there, under the key of this request: the same key is the same video from now on. */
async function reuse(same: GenerationRow, key: string | null, intention: Intention) {
  const claim = claimOf(key, intention, same.id)
  const earlier = await inTransaction(async (tx) => {
    await assertNotAdopted(tx, intention.caller.ownerId)
    const taken = claim && (await claimIdempotencyKey(tx, claim))
    if (!taken) await intention.alongside?.(tx, same.id)
    return taken
  })
  return earlier ? replay(earlier) : same
}

async function replay(generationId: string) {
  const row = await findGeneration(generationId)
  if (row && !row.deletedAt) return row
  throw new AppError('not_found', {
    userMessage: message('errors.startedAndDeleted'),
  })
}
