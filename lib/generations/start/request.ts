import { type Sentence, message } from '#lib/messages/message'
import {
  type EstimateView,
  generateVideoRequestSchema,
  faultOf,
  type GenerationSettings,
} from '#lib/contract/generate-video-request'
import { type GenerationInputs, imageMaxBytes } from '#lib/contract/generation-inputs'
import type { Caller } from '#lib/contract/people/caller'
import { dimensionsOf, type ModelView } from '#lib/contract/model-view'
import { usdOf } from '#lib/contract/money'
import { isNamed, takeInputs } from '../../assets/assets.ts'
import { findModel } from '../../ai/models/catalogue.ts'
import { AppError } from '../../errors.ts'
import { videoQuote } from '../../kinds/video.ts'
import { expectedTime } from './expected-time.ts'
import { bodyHash } from './idempotency.ts'
import { assertMaySpend } from '../access.ts'
import { currentModels } from '../models.ts'

/** A request that can be made right now: every default filled in, and the model it is for. */
export interface GenerationRequest {
  settings: GenerationSettings
  model: ModelView
}

/**
 * A request checked against the catalogue as its caller can use it right now. Throws with every faulty field named, and
 * `sign_in_required` where it asks for a model that is only for those with an account.
 */
export async function readGenerationRequest(
  body: unknown,
  caller: Pick<Caller, 'isVisitor'>,
  now = new Date(),
): Promise<GenerationRequest> {
  const named = body instanceof Object && 'model' in body ? body.model : undefined
  if (typeof named === 'string' && findModel(named)) assertMaySpend(caller, named)
  const models = await currentModels(now, caller)
  const parsed = generateVideoRequestSchema(models).safeParse(body)
  if (parsed.success) {
    const model = models.find(({ id }) => id === parsed.data.model)!
    assertMaySpend(caller, model.id)
    return { settings: parsed.data, model }
  }
  const fields = parsed.error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((field) => ({ field, message: message('request.unknown_setting') }))
      : [{ field: issue.path.join('.') || 'body', message: faultOf(issue) }],
  )
  const sentences = fields.map(({ field, message: says }) =>
    message('request.fault', { field, says }),
  )
  throw new AppError('invalid_input', {
    userMessage: message('request.faults', { faults: { sentences } }),
    fields,
  })
}

/** What a request would cost and take, all its variations together; nothing is started. Throws as a start would. */
export async function estimate(
  body: unknown,
  caller: Pick<Caller, 'isVisitor'>,
): Promise<EstimateView> {
  const { settings, model } = await readGenerationRequest(body, caller)
  const { choice, quotedMicros, ceilingMicros } = videoQuote(settings, model)
  const { route, reason } = choice
  return {
    usd: usdOf(quotedMicros * settings.variations),
    upToUsd: usdOf(ceilingMicros * settings.variations),
    provider: route.provider,
    providerLabel: route.providerLabel,
    reason,
    expected: await expectedTimeOf(settings),
  }
}

export function expectedTimeOf(settings: GenerationSettings) {
  const { aspectRatio, resolution, duration } = settings
  return expectedTime(settings.model, { ...dimensionsOf(aspectRatio, resolution), duration })
}

// What is not asked for is filled in by the model; which model that is where none is named, hangs on the moment.
const ofTheModel = new Set(['model', 'aspectRatio', 'duration', 'resolution', 'generateAudio'])

/**
 * A hash over what a request asks for, the same at any moment: it does not change with the model that serves a request
 * which names none.
 *
 * @param body as it came in, and passed the checks.
 * @param settings the same with every default filled in.
 */
export function hashOfBody(body: unknown, settings: GenerationSettings) {
  const asked = body as Partial<GenerationSettings>
  if (asked.model !== undefined) return bodyHash(settings)
  const isAsked = (name: string) => !ofTheModel.has(name) || name in asked
  return bodyHash(Object.fromEntries(Object.entries(settings).filter(([name]) => isAsked(name))))
}

/** A hash over what the video is made from, and not over how it was asked for. */
export function settingsHash({
  useCache: _,
  maxUsd: __,
  variations: ___,
  ...made
}: GenerationSettings) {
  return bodyHash(made)
}

/** Throws where a picture or film a generation starts from is not there, not this owner's or not fit for it. */
export async function assertInputs(ownerId: string, inputs: GenerationInputs, now?: Date) {
  const { firstFrame, lastFrame, references, sourceVideo } = inputs
  const pictures = [firstFrame, lastFrame, ...references].filter((id) => id !== null)
  const films = sourceVideo === null ? [] : [sourceVideo]
  const found = await takeInputs(ownerId, [...pictures, ...films], now)
  const findInput = (id: string) => found.find((asset) => isNamed(asset, id))
  if (!pictures.every((id) => findInput(id)?.kind === 'image'))
    throw fault('inputs', message('request.imageGone'))
  for (const film of films.map(findInput)) {
    if (film?.kind !== 'video') throw fault('inputs.sourceVideo', message('request.videoGone'))
    if (film.sizeBytes > imageMaxBytes)
      throw fault('inputs.sourceVideo', message('request.videoTooLarge'))
  }
}

function fault(field: string, message: Sentence) {
  return new AppError('invalid_input', { userMessage: message, fields: [{ field, message }] })
}
