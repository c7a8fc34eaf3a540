import type { MediaType } from '#lib/contract/generation'
import type { $ZodIssue } from 'zod/v4/core'
import { type Sentence, message } from '#lib/messages/message'
import {
  type EstimateView,
  type GenerationSettings,
  faultOf,
} from '#lib/contract/generate-video-request'
import { type GenerationInputs, imageMaxBytes } from '#lib/contract/generation-inputs'
import type { Caller } from '#lib/contract/people/caller'
import type { ModelView } from '#lib/contract/model-view'
import { usdOf } from '#lib/contract/money'
import { isNamed, takeInputs } from '../../assets/assets.ts'
import { findModel } from '../../ai/models/catalogue.ts'
import { inOurNames } from '../../ai/models/input-names.ts'
import { AppError, type FieldFault } from '../../errors.ts'
import { quoteOf } from '../../kinds/kind.ts'
import { type RequestedKind, requestKinds } from '../../kinds/kinds.ts'
import { expectedTime } from './expected-time.ts'
import { bodyHash } from './idempotency.ts'
import { assertMaySpend } from '../access.ts'
import { currentModels } from '../models.ts'

/** A request that can be made right now: every default filled in, and the model it is for. */
export interface GenerationRequest {
  kind: RequestedKind
  settings: GenerationSettings
  model: ModelView
  /** As it came in, in our names. */
  asked: unknown
}

/**
 * A request checked against the catalogue as its caller can use it right now. Throws with every faulty field named, and
 * `sign_in_required` where it asks for a model that is only for those with an account.
 */
export async function readGenerationRequest(
  given: unknown,
  caller: Pick<Caller, 'isVisitor'>,
  now = new Date(),
  kind: RequestedKind = 'video',
): Promise<GenerationRequest> {
  const body = readNames(given)
  const named = body instanceof Object && 'model' in body ? body.model : undefined
  if (typeof named === 'string' && findModel(named)) assertMaySpend(caller, named)
  const { models: made, requestSchema } = requestKinds[kind]
  const models = await currentModels(now, caller, { kind: made })
  const parsed = requestSchema(models).safeParse(body)
  if (parsed.success) {
    const model = models.find(({ id }) => id === parsed.data.model)!
    assertMaySpend(caller, model.id)
    return { kind, settings: parsed.data, model, asked: body }
  }
  throw faulty(faultsIn(parsed.error.issues))
}

/** What is wrong with a request, by field; `under` names the field that holds it. */
export function faultsIn(issues: readonly $ZodIssue[], under = ''): FieldFault[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((name) => ({
          field: under + name,
          message: message('request.unknown_setting'),
        }))
      : [{ field: under + issue.path.join('.') || 'body', message: faultOf(issue) }],
  )
}

/** A request in our names, whichever it came in. Throws where two names of one setting say different things. */
export function readNames(given: unknown): unknown {
  const { body, faults } = inOurNames(given)
  if (faults.length > 0) throw faulty(faults)
  return body
}

/** The error that names every faulty field. */
export function faulty(fields: FieldFault[]) {
  const sentences = fields.map(({ field, message: says }) =>
    message('request.fault', { field, says }),
  )
  return new AppError('invalid_input', {
    userMessage: message('request.faults', { faults: { sentences } }),
    fields,
  })
}

/** What a request would cost and take, all its variations together; nothing is started. Throws as a start would. */
export async function estimate(
  body: unknown,
  caller: Pick<Caller, 'isVisitor'>,
  kind: RequestedKind = 'video',
): Promise<EstimateView> {
  return estimateOf(await readGenerationRequest(body, caller, new Date(), kind))
}

/** The same of one that is checked already. */
export async function estimateOf(request: GenerationRequest): Promise<EstimateView> {
  const { settings, model } = request
  const { choice, quotedMicros, ceilingMicros } = quoteOf(settings, model)
  const { route, reason } = choice
  return {
    usd: usdOf(quotedMicros * settings.variations),
    upToUsd: usdOf(ceilingMicros * settings.variations),
    provider: route.provider,
    providerLabel: route.providerLabel,
    reason,
    expected: await expectedTimeOf(request),
  }
}

export function expectedTimeOf({ kind, settings }: GenerationRequest) {
  return expectedTime(settings.model, requestKinds[kind].keptSettings(settings, 0))
}

/**
 * A hash over what a request asks for, the same at any moment: it does not change with the model that serves a request
 * which names none. What is not asked for is filled in by the model, and which one that is hangs on the moment.
 */
export function hashOfBody({ kind, asked: body, settings }: GenerationRequest) {
  const asked = body as Partial<GenerationSettings>
  const ofKind = { ...settings, ...nameOf(kind) }
  if (asked.model !== undefined) return bodyHash(ofKind)
  const ofTheModel = new Set(requestKinds[kind].ofTheModel)
  const isAsked = (name: string) => !ofTheModel.has(name) || name in asked
  return bodyHash(Object.fromEntries(Object.entries(ofKind).filter(([name]) => isAsked(name))))
}

/** A hash over what is made, and not over how it was asked for. */
export function settingsHash({ kind, settings }: Pick<GenerationRequest, 'kind' | 'settings'>) {
  const {
    useCache: _,
    maxUsd: __,
    variations: ___,
    callbackUrl: ____,
    enableFallback: _____,
    promptBefore: ______,
    ...made
  } = settings
  return bodyHash({ ...made, ...nameOf(kind) })
}

/** The same words for another kind are another request. Videos were hashed before there were kinds. */
function nameOf(kind: RequestedKind) {
  return kind === 'video' ? {} : { kind }
}

/** Throws where a picture or film a generation starts from is not there, not this owner's or not fit for it. */
export async function assertInputs(
  ownerId: string,
  inputs: GenerationInputs,
  now?: Date,
  /** Those that are being made. */
  coming: readonly { fileId: string; type: MediaType }[] = [],
) {
  const isComing = (type: MediaType) => (id: string) =>
    coming.some((one) => one.fileId === id && one.type === type)
  const pictures = picturesIn(inputs).filter((id) => !isComing('image')(id))
  const films = filmsIn(inputs).filter((id) => !isComing('video')(id))
  const found = await takeInputs(ownerId, [...pictures, ...films], now)
  const findInput = (id: string) => found.find((asset) => isNamed(asset, id))
  const images = pictures.map(findInput)
  if (!images.every((image) => image?.kind === 'image'))
    throw fault('inputs', message('request.imageGone'))
  if (images.some((image) => image && image.sizeBytes > imageMaxBytes))
    throw fault('inputs', message('request.imageTooLarge'))
  for (const film of films.map(findInput)) {
    if (film?.kind !== 'video') throw fault('inputs.sourceVideo', message('request.videoGone'))
    if (film.sizeBytes > imageMaxBytes)
      throw fault('inputs.sourceVideo', message('request.videoTooLarge'))
  }
}

function picturesIn({ firstFrame, lastFrame, references }: GenerationInputs) {
  return [firstFrame, lastFrame, ...references].filter((id) => id !== null)
}

function filmsIn({ sourceVideo }: GenerationInputs) {
  return sourceVideo === null ? [] : [sourceVideo]
}

/** The ids of all inputs. */
export function idsIn(inputs: GenerationInputs) {
  return [...picturesIn(inputs), ...filmsIn(inputs)]
}

function fault(field: string, message: Sentence) {
  return new AppError('invalid_input', { userMessage: message, fields: [{ field, message }] })
}
