import { randomInt } from 'node:crypto'
import { costOf } from '#lib/contract/choose-route'
import { type WorkRequest, workRequestSchema } from '#lib/contract/edit/work'
import { noInputs } from '#lib/contract/generation-inputs'
import type { KeptSettings } from '#lib/contract/generation'
import { microsOf, priceMicros } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { takeInputs } from '../../assets/assets.ts'
import { productionStorage } from '../../assets/storage/production-storage.ts'
import { assertRoom } from '../../assets/storage/room.ts'
import { invalidField } from '../../errors.ts'
import { requestKinds } from '../../kinds/kinds.ts'
import { priceFactorOf } from '../../money/billing.ts'
import { assertMaySpend } from '../access.ts'
import { findOwned } from '../queries.ts'
import type { GenerationRow } from '../row.ts'
import { expectedTime } from '../start/expected-time.ts'
import { assertIdempotencyKey, bodyHash, generationsOfKeys } from '../start/idempotency.ts'
import { whyNoSource } from '../start/missing-source.ts'
import { isOrder, readOrder } from '../start/order.ts'
import { type Prepared, type StartOptions, type Wanted, rowOf } from '../start/prepare.ts'
import { expectedTimeOf, readGenerationRequest } from '../start/request.ts'
import { startPrepared } from '../start/start.ts'
import { currentModels } from '../models.ts'
import {
  type NativeModel,
  type WorkSource,
  jobOf,
  largerSize,
  lastFrameWishes,
  nativeModels,
  workOffers,
  workSourceOf,
} from './offers.ts'

export type WorkOptions = Pick<
  StartOptions,
  'caller' | 'body' | 'idempotencyKey' | 'origin' | 'alongside'
> & { now?: Date }

/**
 * Starts what a provider makes of a finished video: an extension or a larger version, paid for like any start, and the
 * video stays as it is. Once this resolves, it is a row in the database. The same key and body resolve to the same one.
 * Throws `AppError` with every faulty field named.
 */
export async function startWork(options: WorkOptions): Promise<GenerationRow> {
  const [started] = await startPrepared([await prepareWork(options)])
  if (started!.status === 'rejected') throw started!.reason
  return started!.value[0]!
}

async function prepareWork(options: WorkOptions): Promise<Prepared> {
  const { caller, idempotencyKey: key, now = new Date() } = options
  if (key !== null) assertIdempotencyKey(key)
  const asked = readOrder(workRequestSchema, options.body)
  const settingsHash = bodyHash({ work: asked })
  const earlier = key === null ? [] : await generationsOfKeys(caller.ownerId, [key], now)
  // What was started stays started, also where it would not be offered any more.
  if (await isOrder(settingsHash, earlier)) return { kind: 'earlier', ids: earlier }
  const source = await sourceOf(caller.ownerId, asked.source, now)
  const values = await valuesOf({ asked, source, caller, now })
  if (asked.maxUsd != null && values.ceilingMicros > microsOf(asked.maxUsd))
    throw invalidField(
      'maxUsd',
      message('work.dearer', { price: { usd: values.ceilingMicros / 1e6 } }),
    )
  await assertRoom(productionStorage())
  const limitMicros = asked.maxUsd == null ? null : microsOf(asked.maxUsd)
  const intention = { ...options, now, bodyHash: settingsHash }
  const wanted = [{ key, values: { ...values, settingsHash, limitMicros, callbackUrl: null } }]
  return { kind: 'start', intention, wanted }
}

async function sourceOf(ownerId: string, id: string, now: Date): Promise<WorkSource> {
  const row = await findOwned(ownerId, id)
  const source = row && workSourceOf(row)
  const [film] = source ? await takeInputs(ownerId, [id], now) : []
  if (!source || !film) throw invalidField('source', await whyNoSource(ownerId, id))
  return source
}

interface Order {
  asked: WorkRequest
  source: WorkSource
  caller: StartOptions['caller']
  now: Date
}

async function valuesOf(order: Order): Promise<Omit<Wanted['values'], 'settingsHash'>> {
  const { work } = order.asked
  const isNative = work.operation === 'upscale' || work.way === 'native'
  return isNative ? nativeValues(order) : lastFrameValues(order)
}

/** As the provider of the video makes it, and no other can. */
async function nativeValues({ asked, source, caller, now }: Order) {
  const { work } = asked
  const natives = await nativeModels(source, caller, now)
  const native = natives.find(({ model: { makes } }) =>
    work.operation === 'upscale'
      ? makes.operation === 'upscale' && makes.to === work.to
      : makes.operation === 'extend',
  )
  if (!native) throw invalidField('work', await whyNotOffered({ asked, source, caller, now }))
  const { model, view } = native
  assertMaySpend(caller, model.id)
  const { price, provider, providerLabel } = view.routes[0]!
  const settings = nativeSettings(native, source)
  const quotedMicros = microsOf(costOf(price, settings.duration))
  return {
    kind: 'video' as const,
    prompt: work.operation === 'extend' ? work.prompt : source.row.prompt,
    model: model.id,
    modelLabel: model.label,
    isDemo: source.row.isDemo,
    settings,
    quotedMicros,
    ceilingMicros: quotedMicros,
    priceMicros: priceMicros(model.routes[0]!.price, settings.duration),
    priceFactor: priceFactorOf(model.of ?? source.row.model),
    heldMicros: quotedMicros > 0 ? quotedMicros : null,
    provider,
    providerLabel,
    routeReason: message('work.ownJob', { provider: providerLabel }),
    isCancelable: view.supports.cancel,
    expected: await expectedTime(model.id, settings),
  }
}

function nativeSettings({ model }: NativeModel, source: WorkSource): KeptSettings {
  const { row, film } = source
  const { makes } = model
  const isLarger = makes.operation === 'upscale'
  return {
    aspectRatio: row.settings.aspectRatio,
    resolution: isLarger ? makes.to : row.settings.resolution,
    ...(isLarger ? largerSize(film, makes.to) : { width: film.width, height: film.height }),
    duration: model.seconds ?? film.durationSeconds,
    seed: randomInt(2 ** 32),
    isSeedGiven: false,
    negativePrompt: null,
    generateAudio: row.settings.generateAudio,
    inputs: { ...noInputs, sources: [row.id] },
    work: { ...makes, job: jobOf(source)!.id },
  }
}

/** The offers know why; nothing is started in another way than was asked for. */
async function whyNotOffered({ asked, source, caller, now }: Order) {
  if (asked.work.operation === 'upscale') return message('work.noUpscale')
  const { notNative } = await workOffers(source, caller, now)
  return notNative ?? message('work.noNative')
}

/** As any model makes it that begins with a picture: a start like others, but for its source. */
async function lastFrameValues({ asked, source, caller, now }: Order) {
  const { work } = asked
  if (work.operation !== 'extend') throw new Error('only an extension begins with a frame')
  const { model: modelId, prompt } = work
  const offers = await workOffers(source, caller, now)
  const offer = offers.extend.find(
    ({ way, model }) => way === 'last_frame' && (modelId === undefined || model === modelId),
  )
  const model = (await currentModels(now, caller)).find(({ id }) => id === offer?.model)
  if (!model) throw invalidField('work', message('work.noLastFrame'))
  const body = { ...lastFrameWishes(source, model), prompt, model: model.id, maxUsd: asked.maxUsd }
  const request = await readGenerationRequest(body, caller, now)
  const settings = requestKinds.video.keptSettings(request.settings, randomInt(2 ** 32))
  const { settingsHash: _, limitMicros: __, ...values } = rowOf(request)
  return {
    ...values,
    settings: {
      ...settings,
      inputs: { ...noInputs, sources: [source.row.id] },
      work: { operation: 'extend', way: 'last_frame' } as const,
    },
    expected: await expectedTimeOf(request),
  }
}
