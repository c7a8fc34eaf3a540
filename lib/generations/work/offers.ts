import { costOf, rankRoutes } from '#lib/contract/choose-route'
import type { ExtendOffer, UpscaleOffer, WorkOffers } from '#lib/contract/edit/work'
import { nearestRatio, noInputs } from '#lib/contract/generation-inputs'
import type { ModelView, Resolution } from '#lib/contract/model-view'
import type { Caller } from '#lib/contract/people/caller'
import { mediaTypeOf } from '#lib/contract/generation'
import { type Sentence, message } from '#lib/messages/message'
import { modelViewOf } from '../../ai/models/model-views.ts'
import { type WorkModel, workModels } from '../../ai/models/work-models.ts'
import { resolutionOf } from '../../kinds/edit.ts'
import { priceFactorOf } from '../../money/billing.ts'
import { currentModels, viewOptions } from '../models.ts'
import { type GenerationAsset, type GenerationRow, currentAttempt } from '../row.ts'

/** A finished video that something is made of. */
export interface WorkSource {
  row: GenerationRow
  film: GenerationAsset & { durationSeconds: number }
}

/** The finished video of a row; undefined where it holds none. */
export function workSourceOf(row: GenerationRow): WorkSource | undefined {
  const { state, asset } = row
  if (state !== 'completed' || !asset?.durationSeconds || mediaTypeOf(row) !== 'video')
    return undefined
  return { row, film: { ...asset, durationSeconds: asset.durationSeconds } }
}

/** What can be made of a finished video by its caller now, and what it costs. */
export async function workOffers(
  source: WorkSource,
  caller: Pick<Caller, 'isVisitor'>,
  now: Date,
): Promise<WorkOffers> {
  const natives = await nativeModels(source, caller, now)
  const models = await currentModels(now, caller)
  const own = natives.filter(({ model }) => model.makes.operation === 'extend')
  return {
    extend: [...own.map(extension), ...fromLastFrame(source, models)],
    notNative: own.length > 0 ? null : whyNotNative(source, now),
    upscale: natives.flatMap((native) => upscale(native, source)),
  }
}

export interface NativeModel {
  model: WorkModel
  view: ModelView
}

/** The models that go on from the very job that made a video, and can be used now. */
export async function nativeModels(
  source: WorkSource,
  caller: Pick<Caller, 'isVisitor'>,
  now: Date,
): Promise<NativeModel[]> {
  const options = await viewOptions(now, caller)
  return workModels
    .filter((model) => fits(model, source) && isShort(model, source) && isKept(model, source, now))
    .map((model) => {
      const of = model.of ?? source.row.model
      return {
        model,
        view: modelViewOf(model, { ...options, priceFactorOf: () => priceFactorOf(of) }),
      }
    })
    .filter(({ view }) => view.isEnabled)
}

/** The provider's job of a video: its name, who made it with which model, and when. */
export function jobOf({ row }: WorkSource) {
  const attempt = currentAttempt(row)
  if (attempt?.outcome !== 'completed' || !attempt.providerJobId || !attempt.endedAt)
    return undefined
  const { providerJobId: id, provider, model, endedAt } = attempt
  return { id, provider, model, endedAt: new Date(endedAt) }
}

function fits(model: WorkModel, source: WorkSource) {
  const { row, film } = source
  const job = jobOf(source)
  const isOwn =
    job !== undefined &&
    model.makers.includes(job.model) &&
    model.routes.some(({ provider }) => provider === job.provider)
  // The job of an extension made what was added, and not the whole.
  const isWhole = model.makes.operation === 'extend' || !row.settings.work
  return isOwn && isWhole && model.takes.includes(sizeOf(film))
}

function isShort({ longestSeconds }: WorkModel, { film }: WorkSource) {
  return longestSeconds === null || film.durationSeconds <= longestSeconds
}

function isKept({ keptDays }: WorkModel, source: WorkSource, now: Date) {
  const job = jobOf(source)
  return job !== undefined && now.getTime() - job.endedAt.getTime() < keptDays * 24 * 60 * 60_000
}

/** By what came, and not by what was asked for. */
function sizeOf({ width, height }: GenerationAsset): Resolution {
  return Math.min(width, height) > 1500 ? '4K' : resolutionOf({ width, height })
}

/** Undefined where nothing is to be said: no provider extends such a video, or one is only off for now. */
function whyNotNative(source: WorkSource, now: Date): Sentence | null {
  const able = workModels.filter(
    (model) => model.makes.operation === 'extend' && fits(model, source),
  )
  const provider = source.row.providerLabel
  const short = able.filter((model) => isShort(model, source))
  if (able.length > 0 && short.length === 0) return message('work.tooLong', { provider })
  const isTooOld = able.length > 0 && short.every((model) => !isKept(model, source, now))
  return isTooOld ? message('work.tooOld', { provider }) : null
}

function shown({ model, view }: NativeModel) {
  const { price, providerLabel } = view.routes[0]!
  const usd = costOf(price, model.seconds ?? 0)
  return { model: model.id, label: model.label, providerLabel, usd, upToUsd: usd }
}

function extension(native: NativeModel): ExtendOffer {
  return { ...shown(native), way: 'native', seconds: native.model.seconds! }
}

function upscale(native: NativeModel, { film }: WorkSource): UpscaleOffer[] {
  const { makes } = native.model
  return makes.operation === 'upscale'
    ? [{ ...shown(native), to: makes.to, ...largerSize(film, makes.to) }]
    : []
}

const shortSides = { '1080p': 1080, '4K': 2160 } as const

/** The sides of a larger version, both even. */
export function largerSize(
  { width, height }: Pick<GenerationAsset, 'width' | 'height'>,
  to: keyof typeof shortSides,
) {
  const factor = shortSides[to] / Math.min(width, height)
  const even = (side: number) => Math.round((side * factor) / 2) * 2
  return { width: even(width), height: even(height) }
}

/** A frame of more pixels is more than providers take. */
const framePixels = 2_100_000

/** A new video that begins with the last frame: the model of the video first, then by price. */
function fromLastFrame(source: WorkSource, models: readonly ModelView[]): ExtendOffer[] {
  const { row, film } = source
  if (film.width * film.height > framePixels) return []
  const offers = models.flatMap((model) => {
    const wishes = { ...lastFrameWishes(source, model), prompt: row.prompt }
    const ranked =
      model.isEnabled && model.supports.firstFrame ? rankRoutes(model.routes, wishes) : []
    const [first] = ranked
    if (!first || model.state === 'retired') return []
    const usd = ranked.map((one) => one.usd)
    return {
      way: 'last_frame' as const,
      model: model.id,
      label: model.label,
      providerLabel: first.route.providerLabel,
      seconds: wishes.duration,
      usd: first.usd,
      upToUsd: Math.max(...usd),
    }
  })
  const rank = ({ model }: ExtendOffer) => Number(model !== row.model)
  return offers.toSorted((a, b) => rank(a) - rank(b) || a.usd - b.usd)
}

/** What is asked of a model for a video that begins with the last frame of another: as much alike as it can be. */
export function lastFrameWishes({ row, film }: WorkSource, { supports, defaults }: ModelView) {
  const { aspectRatios, resolutions } = supports
  const { aspectRatio } = row.settings
  const size = sizeOf(film)
  const isSilent = film.audioCodec === null && supports.silence
  return {
    aspectRatio: aspectRatios.includes(aspectRatio)
      ? aspectRatio
      : nearestRatio(aspectRatios, film),
    resolution: resolutions.includes(size) ? size : defaults.resolution,
    duration: defaults.duration,
    seed: null,
    negativePrompt: null,
    generateAudio: isSilent ? false : defaults.generateAudio,
    inputs: { ...noInputs, firstFrame: row.id },
    maxUsd: null,
  }
}
