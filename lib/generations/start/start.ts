import { randomInt } from 'node:crypto'
import { maxVariations } from '#lib/contract/generation'
import { microsOf } from '#lib/contract/money'
import type { Origin } from '#lib/contract/generation'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { assertRoom } from '../../assets/storage/room.ts'
import { type Transaction, inTransaction } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { wakeGeneration } from '../../jobs/queue.ts'
import { videoQuote, videoSettings } from '../../kinds/video.ts'
import { log } from '../../log.ts'
import { turnInQueue } from '../engine/queue.ts'
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
  ownerId: string
  /** As it came in; checked here against the catalogue. */
  body: unknown
  /** One an intention. Without it every call is an intention of its own. */
  idempotencyKey: string | null
  /** Whether the owner was made for this very request: it is not known yet that the session is kept. */
  isNewcomer?: boolean
  /** Where it was started; the form unless it says otherwise. */
  origin?: Origin
  /** What its door writes beside the row, in the same transaction: both are there, or neither is. */
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
  const { ownerId, idempotencyKey, isNewcomer = false, now = new Date() } = options
  if (idempotencyKey !== null) assertIdempotencyKey(idempotencyKey)
  const keys = idempotencyKey === null ? [] : keysOf(idempotencyKey)
  const earlier = await generationsOfKeys(ownerId, keys, now)
  const request = await readGenerationRequest(options.body, now).catch((error: unknown) => {
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
    if (same) return [await reuse(same, { ...intention, key: keys[0] ?? null })]
  }
  const values = { ...rowOf(request), expected: await expectedTimeOf(settings) }
  const rows: GenerationRow[] = []
  // One after the other, each under a key of its own: a second try after a crash gets those that are there.
  for (let index = 0; index < settings.variations; index++) {
    const key = keys[index] ?? null
    const seeded = { ...values, settings: videoSettings(settings, seedOf(settings.seed, index)) }
    rows.push(await startOne(seeded, { ...intention, key }))
  }
  return rows
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

interface Intention extends Pick<StartOptions, 'ownerId' | 'origin' | 'alongside'> {
  key: string | null
  bodyHash: string
  now: Date
}

async function startOne(
  values: ReturnType<typeof rowOf> & Pick<NewGeneration, 'settings'>,
  intention: Intention,
) {
  const { ownerId, origin, now } = intention
  const id = newId('file')
  const from = origin && { originDoor: origin.door, originPlace: origin.place }
  const created = await insertGeneration(
    { ...values, ...from, id, ownerId, createdAt: now },
    claimOf(intention, id),
    intention.alongside,
  )
  if ('earlier' in created) return replay(created.earlier)
  // The row is committed: from here on a failure to wake costs seconds, never the generation.
  await wakeGeneration({ id }).catch((error: unknown) =>
    log().warn({ err: error, fileId: id }, 'not woken'),
  )
  return created.row
}

function claimOf({ key, ownerId, bodyHash, now }: Intention, generationId: string) {
  return key === null ? undefined : { key, ownerId, bodyHash, now, generationId }
}

export type NewGeneration = Omit<
  typeof generation.$inferInsert,
  'version' | 'state' | 'dueAt' | 'turn'
> & { createdAt: Date }

/**
 * Inserts a generation, due at once, and takes its idempotency key in the same transaction. Answers the new row, or
 * the id of the generation that the key stands for already.
 */
export async function insertGeneration(
  values: NewGeneration,
  claim: IdempotencyClaim | undefined,
  alongside?: StartOptions['alongside'],
): Promise<{ row: GenerationRow } | { earlier: string }> {
  return inTransaction(async (tx) => {
    const earlier = claim && (await claimIdempotencyKey(tx, claim))
    if (earlier) return { earlier }
    const turn = turnInQueue(values.ownerId, values.provider)
    const [row] = await tx
      .insert(generation)
      .values({ ...values, turn, dueAt: values.createdAt })
      .returning({ ...shownColumns, ...tells(newsOfStart(values)) })
    await alongside?.(tx, values.id)
    return { row: withoutTold(row!) }
  })
}

/** Gives back a generation that is there, under the key of this request: the same key is the same video from now on. */
async function reuse(same: GenerationRow, intention: Intention) {
  const claim = claimOf(intention, same.id)
  const earlier = await inTransaction(async (tx) => {
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
    userMessage: 'This request was started before, and its video has been deleted since.',
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
    userMessage:
      'This came without a session, so a video that is paid for would belong to no one. ' +
      'You have a session now: try again. Programs send the cookie of this answer with it.',
  })
}

/** What every variation has in common: all but its seed. */
function rowOf({ settings, model }: GenerationRequest) {
  const { choice, quotedMicros, ceilingMicros } = videoQuote(settings, model)
  const { route, reason } = choice
  return {
    prompt: settings.prompt,
    model: model.id,
    modelLabel: model.label,
    isDemo: model.isDemo,
    settingsHash: settingsHash(settings),
    quotedMicros,
    ceilingMicros,
    priceMicros: quotedMicros,
    limitMicros: settings.maxUsd === null ? null : microsOf(settings.maxUsd),
    provider: route.provider,
    providerLabel: route.providerLabel,
    routeReason: reason,
    isCancelable: route.supports.cancel,
  }
}
