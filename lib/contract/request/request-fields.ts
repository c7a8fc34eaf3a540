import * as z from 'zod/mini'
import {
  type MessageKey,
  type MessageValue,
  type Messages,
  type Sentence,
  message,
} from '#lib/messages/message'
import { type RouteWishes, limitSentence, rankRoutes } from '../choose-route.ts'
import { maxVariations } from '../generation.ts'
import type { ModelView } from '../model-view.ts'
import { callbackUrlMaxLength } from '../people/notices.ts'
import {
  isBlank,
  lengthOf,
  negativePromptMaxLength,
  plainText,
  promptMaxLength,
} from '../text/plain-text.ts'

// What requests for videos and for images have in common: their fields, and how they are checked against a model.

export const seedMax = 4_294_967_295

/** The library takes a text for what is wrong: here it is the key of a message, see `faultOf`. */
export function key(name: MessageKey): string {
  return name
}

const promptSentence = key('request.prompt')
const variationsSentence = key('request.variations')
const seedSentence = key('request.seed')

/** Makes a text plain and trims it; one of invisible characters only is empty. */
export function plain() {
  return z.overwrite<string>((text) => (isBlank(text) ? '' : plainText(text).trim()))
}

/** A text of so many characters, as people count them. */
function fits(name: 'prompt' | 'negativePrompt', max: number) {
  return z.check<string>((payload) => {
    const over = lengthOf(payload.value) - max
    if (over <= 0) return
    const sentence = message(`request.${name}TooLong`, { over, max })
    payload.issues.push({ code: 'custom', params: { sentence }, input: payload.value })
  })
}

/** The id of a picture: of an upload, or of an image that was generated. */
export const imageId = z
  .string({ error: key('request.imageId') })
  .check(z.regex(/^(image|file)_[0-9a-z]{24}$/, key('request.imageId')))

/** The fields that every request can have. */
export const requestFields = {
  prompt: z
    .string({ error: promptSentence })
    .check(plain(), z.minLength(1, promptSentence), fits('prompt', promptMaxLength)),
  /** The prompt before it was improved: it stays with what is made of it. */
  promptBefore: z.nullish(
    z.string({ error: key('request.text') }).check(plain(), fits('prompt', promptMaxLength)),
  ),
  model: z.optional(
    z
      .string({ error: key('request.modelId') })
      .check(z.maxLength(100, key('request.modelIdTooLong'))),
  ),
  seed: z.nullish(
    z
      .int({ error: seedSentence })
      .check(z.minimum(0, seedSentence), z.maximum(seedMax, seedSentence)),
  ),
  negativePrompt: z.nullish(
    z
      .string({ error: key('request.text') })
      .check(plain(), fits('negativePrompt', negativePromptMaxLength)),
  ),
  /** How many to make of it, each with a seed of its own and paid for on its own. */
  variations: z.optional(
    z
      .int({ error: variationsSentence })
      .check(z.minimum(1, variationsSentence), z.maximum(maxVariations, variationsSentence)),
  ),
  /** The most one of them may cost, in dollars, fallback included. */
  maxUsd: z.nullish(
    z.number({ error: key('request.dollars') }).check(z.minimum(0, key('request.dollars'))),
  ),
  /** False where only the provider that is tried first may make it. */
  enableFallback: z.optional(z.boolean({ error: key('request.boolean') })),
  /** Give back an identical one of the last hour instead of paying again. Off unless asked for. */
  useCache: z.optional(z.boolean({ error: key('request.boolean') })),
  /** Where an outgoing webhook tells of what becomes of it. Whether that address may be, the server says. */
  callbackUrl: z.nullish(
    z
      .string({ error: key('request.callbackUrl') })
      .check(
        z.maxLength(callbackUrlMaxLength, key('request.callbackUrl')),
        z.regex(/^https?:\/\/[^\s]+$/i, key('request.callbackUrl')),
      ),
  ),
}

type CommonRequest = z.output<z.ZodMiniObject<typeof requestFields>>

/** The fields that every request has once its model has filled in the defaults. */
export function commonSettings(request: CommonRequest, model: ModelView) {
  return {
    prompt: request.prompt,
    model: model.id,
    seed: request.seed ?? null,
    negativePrompt: request.negativePrompt || null,
    variations: request.variations ?? 1,
    maxUsd: request.maxUsd ?? null,
    useCache: request.useCache ?? false,
    ...(request.promptBefore &&
      request.promptBefore !== request.prompt && { promptBefore: request.promptBefore }),
    ...(request.enableFallback === false && { enableFallback: false as const }),
    ...(request.callbackUrl && { callbackUrl: request.callbackUrl }),
  }
}

export type Faults = Generator<[field: string, message: Sentence]>

/** What is particular to the requests of one kind. */
interface Reading<Request, Settings> {
  settingsOf(request: Request, model: ModelView): Settings
  /** What this model cannot do of it. */
  modelFaults(request: Request, settings: Settings, model: ModelView): Faults
}

/**
 * Checks a request against what its model can do and fills in the defaults: the first enabled model serves where none is
 * named. Every faulty field is named with its limits.
 */
export function readWith<Request extends CommonRequest, Settings extends RouteWishes>(
  models: ModelView[],
  { settingsOf, modelFaults }: Reading<Request, Settings>,
) {
  return z.transform((request: Request, context): Settings => {
    const model = request.model
      ? models.find((candidate) => candidate.id === request.model)
      : models.find((candidate) => candidate.isEnabled)
    // The library takes a text for a message: a message as data goes along as a parameter, see `faultOf`.
    const fault = (field: string, sentence: Sentence) =>
      context.issues.push({
        code: 'custom',
        path: [field],
        message: '',
        params: { sentence },
        input: request,
      })
    if (!model) {
      fault('model', chooseOf(models.filter((one) => one.isEnabled).map((one) => one.id)))
      return z.NEVER
    }
    const settings = settingsOf(request, model)
    const faults = [...modelFaults(request, settings, model)]
    for (const [field, message] of faults) fault(field, message)
    if (faults.length === 0)
      for (const [field, message] of routeFaults(settings, model)) fault(field, message)
    return settings
  })
}

/** That a model is off, or that it makes other formats than this one. */
export function* formatFaults(
  {
    aspectRatio,
    resolution,
  }: {
    aspectRatio?: RouteWishes['aspectRatio'] | undefined
    resolution?: RouteWishes['resolution'] | undefined
  },
  model: ModelView,
): Faults {
  const { aspectRatios, resolutions } = model.supports
  const says = sayOf(model)
  if (!model.isEnabled) yield ['model', model.unavailableReason ?? says('modelOff')]
  if (aspectRatio && !aspectRatios.includes(aspectRatio))
    yield ['aspectRatio', says('modelMakes', { options: aspectRatios.join(', ') })]
  if (resolution && !resolutions.includes(resolution))
    yield ['resolution', says('modelMakes', { options: resolutions.join(', ') })]
}

/** What this model cannot do of what every request can have. */
export function* commonFaults(request: CommonRequest, model: ModelView): Faults {
  const { supports } = model
  const says = sayOf(model)
  if (request.seed != null && !supports.seed) yield ['seed', says('noSeed')]
  if (request.negativePrompt && !supports.negativePrompt)
    yield ['negativePrompt', says('noNegativePrompt')]
}

/** Each wish can be met by some provider; what is left is whether one can meet all of them, within the budget. */
function* routeFaults(settings: RouteWishes, model: ModelView): Faults {
  if (rankRoutes(model.routes, settings).length > 0) return
  const tooDear = limitSentence(model, settings)
  yield tooDear
    ? ['maxUsd', tooDear]
    : ['model', message('composer.noProvider', { model: model.label })]
}

/** What a model has to say of a request, with its name in it. */
export function sayOf({ label }: ModelView) {
  return (name: keyof Messages['request'], values: Record<string, MessageValue> = {}) =>
    message(`request.${name}`, { model: label, ...values })
}

/** What is to be chosen, where the value is none of these. */
function chooseOf(values: readonly string[]) {
  return message('request.chooseOf', { options: values.join(', ') })
}
