import { inArray } from 'drizzle-orm'
import { editRequestSchema } from '#lib/contract/edit/edit-request'
import { type EditSource, editFaults } from '#lib/contract/edit/edit-limits'
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
import type { Prepared, StartOptions } from './prepare.ts'
import { faulty } from './request.ts'
import { startPrepared } from './start.ts'

export type EditOptions = Pick<
  StartOptions,
  'caller' | 'body' | 'idempotencyKey' | 'origin' | 'alongside' | 'now'
>

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

async function prepareEdit(options: EditOptions): Promise<Prepared> {
  const { caller, idempotencyKey: key, now = new Date() } = options
  if (key !== null) assertIdempotencyKey(key)
  const { sources: ids, edit } = readOrder(editRequestSchema, options.body)
  const settingsHash = bodyHash({ sources: ids, edit })
  const intention = { ...options, now, bodyHash: settingsHash }
  const earlier = key === null ? [] : await generationsOfKeys(caller.ownerId, [key], now)
  const found = await takeInputs(caller.ownerId, ids, now)
  const assets = ids.map((id) => found.find((asset) => isNamed(asset, id)))
  const places = [...ids.keys()].filter((place) => !assets[place])
  const missing = await Promise.all(
    places.map((place) => goneAt(place, caller.ownerId, ids[place]!)),
  )
  if (missing.length > 0) {
    // What was started stays started, also when its source is gone since.
    if (await isOrder(settingsHash, earlier)) return { kind: 'earlier', ids: earlier }
    throw faulty(missing)
  }
  const sources = assets.map((asset) => sourceOf(asset!))
  const faults = editFaults(edit, sources)
  if (faults.length > 0) throw faulty(faults)
  if (earlier.length === 0) await assertRoom(productionStorage())
  const values = { ...made, ...(await ofParents(ids)), priceFactor: priceFactorOf(editModel.id) }
  const settings = editSettings(edit, ids, sources)
  return {
    kind: 'start',
    intention,
    wanted: [{ key, values: { ...values, settings, settingsHash } }],
  }
}

async function goneAt(place: number, ownerId: string, id: string): Promise<FieldFault> {
  return { field: `sources.${place}`, message: await whyNoSource(ownerId, id) }
}

function sourceOf({ kind, durationSeconds, width, height, sizeBytes }: AssetRow): EditSource {
  return { type: kind, durationSeconds, width, height, sizeBytes }
}

/** An edit goes by the words of what it is made from; a cut of a demo is a demo. */
async function ofParents(ids: string[]) {
  const { id, prompt, isDemo } = generation
  const parents = await database()
    .select({ id, prompt, isDemo })
    .from(generation)
    .where(inArray(id, ids))
  const first = parents.find((parent) => parent.id === ids[0])
  return { prompt: first?.prompt ?? '', isDemo: parents.some((parent) => parent.isDemo) }
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
