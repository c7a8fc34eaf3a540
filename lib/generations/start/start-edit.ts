import { inArray } from 'drizzle-orm'
import { editRequestSchema } from '#lib/contract/edit/edit-request'
import { type EditSource, editFaults } from '#lib/contract/edit/edit-limits'
import type { EditOrder } from '#lib/contract/generation'
import { message } from '#lib/messages/message'
import { editModel } from '../../ai/models/edit-model.ts'
import { type AssetRow, isNamed, takeInputs } from '../../assets/assets.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { assertRoom } from '../../assets/storage/room.ts'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import type { FieldFault } from '../../errors.ts'
import { providerLabel } from '../../ai/providers/index.ts'
import { editSettings } from '../../kinds/edit.ts'
import { priceFactorOf } from '../../money/billing.ts'
import type { GenerationRow } from '../row.ts'
import { assertIdempotencyKey, bodyHash, generationsOfKeys } from './idempotency.ts'
import { whyNoSource } from './missing-source.ts'
import { isOrder, readOrder } from './order.ts'
import { type Prepared, type StartOptions, waitedFor } from './prepare.ts'
import { faulty } from './request.ts'
import { startPrepared } from './start.ts'

export type EditOptions = Pick<
  StartOptions,
  'caller' | 'body' | 'idempotencyKey' | 'origin' | 'alongside' | 'fileId' | 'now'
> & {
  /** The videos among its sources that are not completed yet: it waits for them. */
  coming?: readonly ComingSource[]
}

/** A video that is being made, as far as it is known before it is there. */
export interface ComingSource extends Partial<Parent> {
  fileId: string
  source: EditSource
}

/**
 * Starts an edit: once this resolves, it is a row in the database and goes on whatever breaks. It is free, and its
 * sources stay as they are. The same key and body resolve to the same edit. Throws `AppError` with every faulty field
 * named.
 */
export async function startEdit(options: EditOptions): Promise<GenerationRow> {
  const [started] = await startPrepared([await prepareEdit(options)])
  if (started!.status === 'rejected') throw started!.reason
  return started!.value[0]!
}

/** Checks an edit for what it would start. Throws as its start does. */
export async function prepareEdit(options: EditOptions): Promise<Prepared> {
  const { caller, idempotencyKey: key, coming = [], now = new Date() } = options
  if (key !== null) assertIdempotencyKey(key)
  const { sources: ids, edit } = readOrder(editRequestSchema, options.body)
  const settingsHash = editHash(ids, edit)
  const intention = { ...options, now, bodyHash: settingsHash }
  const earlier = key === null ? [] : await generationsOfKeys(caller.ownerId, [key], now)
  const known = await sourcesOf(caller.ownerId, { ids, coming, now })
  const places = [...ids.keys()].filter((place) => !known[place])
  const missing = await Promise.all(
    places.map((place) => goneAt(place, caller.ownerId, ids[place]!)),
  )
  if (missing.length > 0) {
    // What was started stays started, also when its source is gone since.
    if (await isOrder(settingsHash, earlier)) return { kind: 'earlier', ids: earlier }
    throw faulty(missing)
  }
  const sources = known.map((source) => source!)
  const faults = editFaults(edit, sources)
  if (faults.length > 0) throw faulty(faults)
  if (earlier.length === 0) await assertRoom(productionStorage())
  const values = {
    ...made,
    ...(await ofParents(ids, coming)),
    ...waitedFor(ids, coming),
    priceFactor: priceFactorOf(editModel.id),
  }
  const settings = editSettings(edit, ids, sources)
  return {
    kind: 'start',
    intention,
    wanted: [{ key, values: { ...values, settings, settingsHash } }],
  }
}

/** A hash over what an edit makes: two of the same make the same. */
export function editHash(sources: string[], edit: EditOrder) {
  return bodyHash({ sources, edit })
}

interface Sources extends Required<Pick<EditOptions, 'coming' | 'now'>> {
  ids: string[]
}

/** What is known of each source; undefined of one that is not there, and not coming. */
async function sourcesOf(ownerId: string, { ids, coming, now }: Sources) {
  const awaited = new Map(coming.map(({ fileId, source }) => [fileId, source]))
  const wanted = ids.filter((id) => !awaited.has(id))
  const found = await takeInputs(ownerId, wanted, now)
  return ids.map((id) => {
    const asset = found.find((one) => isNamed(one, id))
    return awaited.get(id) ?? (asset && sourceOf(asset))
  })
}

async function goneAt(place: number, ownerId: string, id: string): Promise<FieldFault> {
  return { field: `sources.${place}`, message: await whyNoSource(ownerId, id) }
}

function sourceOf({ kind, durationSeconds, width, height, sizeBytes }: AssetRow): EditSource {
  return { type: kind, durationSeconds, width, height, sizeBytes }
}

interface Parent {
  prompt: string
  isDemo: boolean
}

/** An edit goes by the words of what it is made from; a cut of a demo is a demo. */
async function ofParents(ids: string[], coming: readonly ComingSource[]): Promise<Parent> {
  const { id, prompt, isDemo } = generation
  const parents = await database()
    .select({ id, prompt, isDemo })
    .from(generation)
    .where(inArray(id, ids))
  const awaited = coming.filter(({ fileId }) => ids.includes(fileId))
  const first =
    parents.find((parent) => parent.id === ids[0]) ??
    awaited.find(({ fileId }) => fileId === ids[0])
  return {
    prompt: first?.prompt ?? '',
    isDemo: [...parents, ...awaited].some((parent) => parent.isDemo),
  }
}

/** What every edit has in common. */
const made = {
  kind: 'edit',
  model: editModel.id,
  modelLabel: editModel.label,
  quotedMicros: 0,
  ceilingMicros: 0,
  priceMicros: 0,
  heldMicros: null,
  limitMicros: null,
  provider: 'edits',
  providerLabel: providerLabel('edits'),
  routeReason: message('edits.reason'),
  isCancelable: true,
  callbackUrl: null,
  expected: null,
} as const
