import { message } from '#lib/messages/message'
import { randomInt } from 'node:crypto'
import { maxVariations } from '#lib/contract/generation'
import { microsOf } from '#lib/contract/money'
import type { Origin } from '#lib/contract/generation'
import type { Caller } from '#lib/contract/people/caller'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { assertRoom } from '../../assets/storage/room.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { wakeGeneration } from '../../jobs/queue.ts'
import { videoQuote, videoSettings } from '../../kinds/video.ts'
import { log } from '../../log.ts'
import { holdFor } from '../../money/holds.ts'
import { priceFactorOf } from '../../money/billing.ts'
import { turnInQueue } from '../engine/queue.ts'
import { assertNotAdopted, assertOwnersRoom, startInTurn } from './room.ts'
import {
  type IdempotencyClaim,
  assertIdempotencyKey,
  claimIdempotencyKey,
  generationsOfKeys,
} from './idempotency.ts'
import { newsOfStart, tells, withoutTold } from '../news.ts'
import { findGeneration, findSame } from '../queries.ts'
import {
  type GenerationRequest,
  assertInputs,
  expectedTimeOf,
  hashOfBody,
  readGenerationRequest,
  settingsHash,
} from './request.ts'
import { type GenerationRow, shownColumns } from '../row.ts'

export interface StartOptions {
  /** Whose it will be, and who asks. */
  caller: Caller
  /** As it came in; checked here against the catalogue. */
  body: unknown
  /** One an intention. Without it every call is an intention of its own. */
  idempotencyKey: string | null
  /** Whether the owner was made for this very request: it is not known yet that the session is kept. */
  isNewcomer?: boolean
  /** Where it was started; the form unless it says otherwise. */
  origin?: Origin
  /** What its door writes with the row, in the same transaction: both are there, or neither is. */
  alongside?: (tx: Transaction, generationId: string) => Promise<void>
  now?: Date
}

const reusedForMs = 60 * 60 * 1000
const seeds = 2 ** 32

/**
 * Starts a generation and its variations: once this resolves, each of them is a row in the database, and goes on
 * whatever breaks. The same key and body resolve to the same generations. Throws `AppError` with every
 * faulty field named.
 */
export async function startVariations(options: StartOptions): Promise<GenerationRow[]> {
  const { caller, idempotencyKey, isNewcomer = false, now = new Date() } = options
  const { ownerId } = caller
  if (idempotencyKey !== null) assertIdempotencyKey(idempotencyKey)
  const keys = idempotencyKey === null ? [] : keysOf(idempotencyKey)
  const earlier = await generationsOfKeys(ownerId, keys, now)
  const request = await readGenerationRequest(options.body, caller, now).catch((error: unknown) => {
    // What was started stays started, also when its provider is in a cooldown since.
    if (earlier.length === 0) throw error
    return undefined
  })
  if (!request) return Promise.all(earlier.map(replay))
  const { settings } = request
  const intention = { ...options, now, bodyHash: hashOfBody(options.body, settings) }
  if (earlier.length === 0) {
    if (isNewcomer) assertFree(request)
    await assertInputs(ownerId, settings.inputs, now)
    await assertRoom(productionStorage())
    const same = await sameAsBefore(ownerId, request, now)
    if (same) return [await reuse(same, keys[0] ?? null, intention)]
  }
  const values = { ...rowOf(request), expected: await expectedTimeOf(settings) }
  const wanted = Array.from({ length: settings.variations }, (_, index) => ({
    key: keys[index] ?? null,
    values: { ...values, settings: videoSettings(settings, seedOf(settings.seed, index)) },
  }))
  return startAll(wanted, intention)
}

/** Starts one generation. See `startVariations`. */
export async function startGeneration(options: StartOptions): Promise<GenerationRow> {
  const [row] = await startVariations(options)
  return row!
}

/** The keys of an intention's variations: its own, then one for each further one. */
function keysOf(key: string) {
  return Array.from({ length: maxVariations }, (_, index) => (index ? `${key}#${index + 1}` : key))
}

function seedOf(seed: number | null, index: number) {
  return seed === null ? randomInt(seeds) : (seed + index) % seeds
}

interface Intention extends Pick<StartOptions, 'caller' | 'origin' | 'alongside'> {
  bodyHash: string
  now: Date
}

interface Wanted {
  /** Of this variation alone. */
  key: string | null
  values: ReturnType<typeof rowOf> & Pick<NewGeneration, 'settings'>
}

/**
 * Starts all variations and holds what they may cost, or does neither, in one transaction; one whose key is taken already
 * is the one that took it.
 */
async function startAll(wanted: Wanted[], intention: Intention): Promise<GenerationRow[]> {
  const { caller, origin, now } = intention
  const { ownerId, userId: startedBy, keyId } = caller
  const from = origin && { originDoor: origin.door, originPlace: origin.place }
  const started = await startInTurn(ownerId, async (tx) => {
    const made = []
    const holds = []
    for (const [index, { key, values }] of wanted.entries()) {
      const id = newId('file')
      const claim = claimOf(key, intention, id)
      const earlier = claim && (await claimIdempotencyKey(tx, claim))
      if (!earlier) await assertOwnersRoom(tx, ownerId, wanted.length - index)
      const row = { ...values, ...from, id, ownerId, startedBy, keyId, createdAt: now }
      made.push(earlier ?? (await insertGeneration(tx, row, intention.alongside)))
      if (!earlier) holds.push(holdOf(id, values))
    }
    // Last: it locks what all starts share. What was started before is held for already.
    await holdFor(tx, { payer: caller, holds, now })
    return made
  })
  return Promise.all(started.map((one) => (typeof one === 'string' ? replay(one) : woken(one))))
}

/** The most its user agreed to pay, which is the price at the most expensive provider that may make it. */
function holdOf(generationId: string, { model, ceilingMicros, priceFactor }: Wanted['values']) {
  return { generationId, model, amountMicros: ceilingMicros, priceFactor }
}

/** The row is committed: a failure to wake costs seconds, never the generation. */
async function woken(row: GenerationRow) {
  await wakeGeneration({ id: row.id }).catch((error: unknown) =>
    log().warn({ err: error, fileId: row.id }, 'not woken'),
  )
  return row
}

function claimOf(
  key: string | null,
  { caller: { ownerId }, bodyHash, now }: Intention,
  generationId: string,
): IdempotencyClaim | undefined {
  return key === null ? undefined : { key, ownerId, bodyHash, now, generationId }
}

export type NewGeneration = Omit<
  typeof generation.$inferInsert,
  'version' | 'state' | 'dueAt' | 'turn'
> & { createdAt: Date }

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

async function sameAsBefore(ownerId: string, { settings }: GenerationRequest, now: Date) {
  if (!settings.useCache || settings.variations > 1) return undefined
  return findSame(ownerId, settingsHash(settings), new Date(now.getTime() - reusedForMs))
}

/** A video that is paid for belongs to an owner who comes back for it, also after the answer was lost. */
function assertFree({ settings, model }: GenerationRequest) {
  if (videoQuote(settings, model).ceilingMicros > 0) throw sessionRequired()
}

/** What a newcomer is told where money could be spent. */
export function sessionRequired() {
  return new AppError('session_required', {
    userMessage: message('errors.sessionRequired'),
  })
}

/** What every variation has in common: all but its seed. */
function rowOf({ settings, model }: GenerationRequest) {
  const { choice, quotedMicros, ceilingMicros, costMicros } = videoQuote(settings, model)
  const { route, reason } = choice
  return {
    prompt: settings.prompt,
    model: model.id,
    modelLabel: model.label,
    isDemo: model.isDemo,
    settingsHash: settingsHash(settings),
    quotedMicros,
    ceilingMicros,
    priceMicros: costMicros,
    priceFactor: priceFactorOf(model.id),
    heldMicros: ceilingMicros > 0 ? ceilingMicros : null,
    limitMicros: settings.maxUsd === null ? null : microsOf(settings.maxUsd),
    provider: route.provider,
    providerLabel: route.providerLabel,
    routeReason: reason,
    isCancelable: route.supports.cancel,
  }
}
