import { randomInt } from 'node:crypto'
import { type MediaType, type Origin, maxVariations } from '#lib/contract/generation'
import type { GenerationSettings } from '#lib/contract/generate-video-request'
import { microsOf } from '#lib/contract/money'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { postAddress } from '../../assets/fetch/post-address.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { assertRoom } from '../../assets/storage/room.ts'
import type { Transaction } from '../../db/client.ts'
import type { generation } from '../../db/generation-schema.ts'
import { AppError, invalidField } from '../../errors.ts'
import { quoteOf } from '../../kinds/kind.ts'
import { type RequestedKind, requestKinds } from '../../kinds/kinds.ts'
import { priceFactorOf } from '../../money/billing.ts'
import { findSame } from '../queries.ts'
import type { GenerationRow } from '../row.ts'
import { assertIdempotencyKey, generationsOfKeys } from './idempotency.ts'
import {
  type GenerationRequest,
  assertInputs,
  idsIn,
  expectedTimeOf,
  hashOfBody,
  readGenerationRequest,
  settingsHash,
} from './request.ts'

export interface StartOptions {
  /** Whose it will be, and who asks. */
  caller: Caller
  /** What is to be made; a video unless it says otherwise. */
  kind?: RequestedKind
  /** As it came in; checked here against the catalogue. */
  body: unknown
  /** The same where it and its inputs were checked a moment ago: neither is looked up again. */
  checked?: GenerationRequest
  /** One an intention. Without it every call is an intention of its own. */
  idempotencyKey: string | null
  /** For how long that key holds, where it is made of the order itself. Default a day. */
  keyKeptMs?: number
  /** Whether the owner was made for this very request: it is not known yet that the session is kept. */
  isNewcomer?: boolean
  /** Where it was started; the form unless it says otherwise. */
  origin?: Origin
  /** Its id, where others of the same start name it. */
  fileId?: string
  /** The generations of the same owner that its inputs name and that are not completed yet: it waits for them. */
  coming?: readonly ComingInput[]
  /** The batch it is admitted with, and its row there. */
  batch?: { id: string; row: number }
  /** What its door writes with the row, in the same transaction: both are there, or neither is. */
  alongside?: (tx: Transaction, generationId: string) => Promise<void>
  now?: Date
}

const reusedForMs = 60 * 60 * 1000
const seeds = 2 ** 32

/** What one request wants started. */
export interface Batch {
  kind: 'start'
  wanted: Wanted[]
  intention: Intention
}

export interface Intention extends Pick<
  StartOptions,
  'caller' | 'fileId' | 'origin' | 'batch' | 'alongside' | 'keyKeptMs'
> {
  bodyHash: string
  now: Date
}

export interface Wanted {
  /** Of this variation alone. */
  key: string | null
  values: Omit<NewGeneration, 'id' | 'ownerId' | 'startedBy' | 'keyId' | 'createdAt'> & {
    ceilingMicros: number
    priceFactor: number
  }
}

export type NewGeneration = Omit<
  typeof generation.$inferInsert,
  'version' | 'state' | 'dueAt' | 'turn'
> & { createdAt: Date }

/** What a request comes to: what it has started before, one like it that is to be used again, or what is to be started. */
export type Prepared =
  | { kind: 'earlier'; ids: string[] }
  | { kind: 'same'; row: GenerationRow; key: string | null; intention: Intention }
  | Batch

/** Checks a request for what it would start. Throws as a start does. */
export async function prepare(options: StartOptions): Promise<Prepared> {
  const { caller, kind = 'video', idempotencyKey, isNewcomer = false, now = new Date() } = options
  const { ownerId } = caller
  if (idempotencyKey !== null) assertIdempotencyKey(idempotencyKey)
  const keys = idempotencyKey === null ? [] : keysOf(idempotencyKey)
  const earlier = await generationsOfKeys(ownerId, keys, now, options.keyKeptMs)
  const request = await readBody(options, now).catch((error: unknown) => {
    // What was started stays started, also when its provider is in a cooldown since.
    if (earlier.length === 0) throw error
    return undefined
  })
  if (!request) return { kind: 'earlier', ids: earlier }
  const { settings } = request
  const callbackUrl = callbackOf(settings)
  const intention = { ...options, now, bodyHash: hashOfBody(request) }
  if (earlier.length === 0) {
    if (isNewcomer) assertFree(request)
    if (!options.checked) await assertInputs(ownerId, settings.inputs, now, options.coming)
    await assertRoom(productionStorage())
    const same = await sameAsBefore(ownerId, request, now)
    if (same) return { kind: 'same', row: same, key: keys[0] ?? null, intention }
  }
  const { keptSettings } = requestKinds[kind]
  const values = {
    ...rowOf(request),
    ...waitedFor(idsIn(settings.inputs), options.coming),
    callbackUrl,
    expected: await expectedTimeOf(request),
  }
  const wanted = Array.from({ length: settings.variations }, (_, index) => ({
    key: keys[index] ?? null,
    values: { ...values, settings: keptSettings(settings, seedOf(settings.seed, index)) },
  }))
  return { kind: 'start', wanted, intention }
}

async function readBody({ checked, body, caller, kind }: StartOptions, now: Date) {
  return checked ?? readGenerationRequest(body, caller, now, kind)
}

/** An input that is being made. */
export interface ComingInput {
  fileId: string
  type: MediaType
}

/** What the row says of inputs that are not there yet. */
export function waitedFor(
  named: readonly string[],
  coming: readonly Pick<ComingInput, 'fileId'>[] = [],
) {
  const waitsFor = coming.map(({ fileId }) => fileId).filter((id) => named.includes(id))
  return waitsFor.length > 0 && ({ waitsFor, wait: { code: 'inputs' } } as const)
}

/** The keys of an intention's variations: its own, then one for each further one. */
function keysOf(key: string) {
  return Array.from({ length: maxVariations }, (_, index) => (index ? `${key}#${index + 1}` : key))
}

function seedOf(seed: number | null, index: number) {
  return seed === null ? randomInt(seeds) : (seed + index) % seeds
}

async function sameAsBefore(ownerId: string, request: GenerationRequest, now: Date) {
  const { useCache, variations } = request.settings
  if (!useCache || variations > 1) return undefined
  return findSame(ownerId, settingsHash(request), new Date(now.getTime() - reusedForMs))
}

/** Where its end is told to; throws where that is nowhere we post to. */
function callbackOf({ callbackUrl }: GenerationSettings) {
  if (callbackUrl === undefined) return null
  const address = postAddress(callbackUrl)
  if (!address) throw invalidField('callbackUrl', message('request.callbackUrl'))
  return address
}

/** A video that is paid for belongs to an owner who comes back for it, also after the answer was lost. */
function assertFree({ settings, model }: GenerationRequest) {
  if (quoteOf(settings, model).ceilingMicros > 0) throw sessionRequired()
}

/** What a newcomer is told where money could be spent. */
export function sessionRequired() {
  return new AppError('session_required', {
    userMessage: message('errors.sessionRequired'),
  })
}

/** What every variation has in common: all but its seed. */
export function rowOf(request: GenerationRequest) {
  const { kind, settings, model } = request
  const { choice, quotedMicros, ceilingMicros, costMicros } = quoteOf(settings, model)
  const { route, reason } = choice
  return {
    kind,
    prompt: settings.prompt,
    model: model.id,
    modelLabel: model.label,
    isDemo: model.isDemo,
    settingsHash: settingsHash(request),
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
