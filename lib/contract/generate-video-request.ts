import {
  type MessageKey,
  type MessageValue,
  type Messages,
  type Sentence,
  message,
} from '#lib/messages/message'
import * as z from 'zod/mini'
import { fitsDuration, limitSentence, rankRoutes } from './choose-route.ts'
import { maxVariations } from './generation.ts'
import type { GenerationInputs } from './generation-inputs.ts'
import { aspectRatios, type ModelView, resolutions } from './model-view.ts'
import {
  isBlank,
  lengthOf,
  negativePromptMaxLength,
  plainText,
  promptMaxLength,
} from './text/plain-text.ts'

export const seedMax = 4_294_967_295

const promptSentence = key('request.prompt')
const variationsSentence = key('request.variations')
const seedSentence = key('request.seed')

/** The library takes a text for what is wrong: here it is the key of a message, see `faultOf`. */
function key(name: MessageKey): string {
  return name
}

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

const imageId = z
  .string({ error: key('request.imageId') })
  .check(z.regex(/^image_[0-9a-z]{24}$/, key('request.imageId')))

const inputsSchema = z.strictObject({
  firstFrame: z.nullish(imageId),
  lastFrame: z.nullish(imageId),
  references: z.optional(z.array(imageId).check(z.maxLength(3, key('request.threeReferences')))),
  sourceVideo: z.nullish(
    z
      .string({ error: key('request.videoId') })
      .check(z.regex(/^file_[0-9a-z]{24}$/, key('request.videoId'))),
  ),
})

const baseSchema = z.strictObject(
  {
    prompt: z
      .string({ error: promptSentence })
      .check(plain(), z.minLength(1, promptSentence), fits('prompt', promptMaxLength)),
    model: z.optional(
      z
        .string({ error: key('request.modelId') })
        .check(z.maxLength(100, key('request.modelIdTooLong'))),
    ),
    aspectRatio: z.optional(z.enum(aspectRatios, { error: key('request.chooseOf') })),
    duration: z.optional(z.number({ error: key('request.duration') })),
    resolution: z.optional(z.enum(resolutions, { error: key('request.chooseOf') })),
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
    generateAudio: z.optional(z.boolean({ error: key('request.boolean') })),
    inputs: z.optional(inputsSchema),
    /** How many videos to make of it, each with a seed of its own and paid for on its own. */
    variations: z.optional(
      z
        .int({ error: variationsSentence })
        .check(z.minimum(1, variationsSentence), z.maximum(maxVariations, variationsSentence)),
    ),
    /** The most one video may cost, in dollars, fallback included. */
    maxUsd: z.nullish(
      z.number({ error: key('request.dollars') }).check(z.minimum(0, key('request.dollars'))),
    ),
    /** Give back an identical video of the last hour instead of paying again. Off unless asked for. */
    useCache: z.optional(z.boolean({ error: key('request.boolean') })),
  },
  { error: key('errors.sendObject') },
)

/** A generation as a user asks for it; everything but the prompt has a default from the model. */
export type GenerateVideoRequest = z.input<typeof baseSchema>

/** A generation with every default filled in: what is stored, shown and reused. */
export interface GenerationSettings {
  prompt: string
  model: string
  aspectRatio: (typeof aspectRatios)[number]
  duration: number
  resolution: (typeof resolutions)[number]
  /** Null means: draw one at the start. */
  seed: number | null
  negativePrompt: string | null
  generateAudio: boolean
  inputs: GenerationInputs
  variations: number
  maxUsd: number | null
  useCache: boolean
}

/**
 * The one schema of form and server: checks a request against what its model can do and fills in the defaults.
 * The first enabled model serves where none is named. Every faulty field is named with its limits.
 */
export function generateVideoRequestSchema(models: ModelView[]) {
  const fillIn = z.transform(
    (request: z.output<typeof baseSchema>, context): GenerationSettings => {
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
    },
  )
  return z.pipe(baseSchema, fillIn)
}

function settingsOf(request: z.output<typeof baseSchema>, model: ModelView): GenerationSettings {
  const { inputs } = request
  return {
    prompt: request.prompt,
    model: model.id,
    aspectRatio: request.aspectRatio ?? model.defaults.aspectRatio,
    duration: request.duration ?? model.defaults.duration,
    resolution: request.resolution ?? model.defaults.resolution,
    seed: request.seed ?? null,
    negativePrompt: request.negativePrompt || null,
    generateAudio: request.generateAudio ?? model.defaults.generateAudio,
    inputs: {
      firstFrame: inputs?.firstFrame ?? null,
      lastFrame: inputs?.lastFrame ?? null,
      references: inputs?.references ?? [],
      sourceVideo: inputs?.sourceVideo ?? null,
    },
    variations: request.variations ?? 1,
    maxUsd: request.maxUsd ?? null,
    useCache: request.useCache ?? false,
  }
}

type Faults = Generator<[field: string, message: Sentence]>

function* modelFaults(
  request: z.output<typeof baseSchema>,
  settings: GenerationSettings,
  model: ModelView,
): Faults {
  const { supports } = model
  const says = sayOf(model)
  if (!model.isEnabled) yield ['model', model.unavailableReason ?? says('modelOff')]
  if (request.aspectRatio && !supports.aspectRatios.includes(request.aspectRatio))
    yield ['aspectRatio', says('modelMakes', { options: supports.aspectRatios.join(', ') })]
  if (request.resolution && !supports.resolutions.includes(request.resolution))
    yield ['resolution', says('modelMakes', { options: supports.resolutions.join(', ') })]
  if (request.duration !== undefined && !fitsDuration(request.duration, supports.duration))
    yield ['duration', durationSentence(model)]
  if (request.seed != null && !supports.seed) yield ['seed', says('noSeed')]
  if (request.negativePrompt && !supports.negativePrompt)
    yield ['negativePrompt', says('noNegativePrompt')]
  if (request.generateAudio && !supports.audio) yield ['generateAudio', says('silentOnly')]
  if (request.generateAudio === false && supports.audio && !supports.silence)
    yield ['generateAudio', says('alwaysSound')]
  yield* inputFaults(settings, model)
}

function* inputFaults({ inputs, duration }: GenerationSettings, model: ModelView): Faults {
  const { supports } = model
  const says = sayOf(model)
  if (inputs.firstFrame && !supports.firstFrame) yield ['inputs.firstFrame', says('noFirstFrame')]
  if (inputs.lastFrame && !supports.lastFrame) yield ['inputs.lastFrame', says('noLastFrame')]
  if (inputs.lastFrame && !inputs.firstFrame)
    yield ['inputs.lastFrame', message('request.lastNeedsFirst')]
  if (inputs.references.length > supports.maxReferences)
    yield ['inputs.references', says('referencesAtMost', { count: supports.maxReferences })]
  else if (inputs.references.length > 0 && inputs.firstFrame)
    yield ['inputs.references', message('request.referencesOrFrame')]
  else if (inputs.references.length > 0 && (supports.referenceSeconds ?? duration) !== duration)
    yield ['duration', says('referenceSeconds', { count: supports.referenceSeconds! })]
  if (inputs.sourceVideo && supports.sourceVideo === 'no')
    yield ['inputs.sourceVideo', says('noVideo')]
  if (!inputs.sourceVideo && supports.sourceVideo === 'required')
    yield ['inputs.sourceVideo', says('needsVideo')]
}

/** Each wish can be met by some provider; what is left is whether one can meet all of them, within the budget. */
function* routeFaults(settings: GenerationSettings, model: ModelView): Faults {
  if (rankRoutes(model.routes, settings).length > 0) return
  const tooDear = limitSentence(model, settings)
  yield tooDear
    ? ['maxUsd', tooDear]
    : ['model', message('composer.noProvider', { model: model.label })]
}

interface Issue {
  message: string
  /** Of a custom issue. */
  params?: Record<string, unknown>
  /** What there is to choose from. */
  values?: readonly unknown[]
}

/** What is wrong, of one issue of the schema. */
export function faultOf({ message: name, params, values }: Issue): Sentence {
  if (params?.sentence) return params.sentence as Sentence
  return message(name as MessageKey, values && { options: values.join(', ') })
}

/** What a model has to say of a request, with its name in it. */
function sayOf({ label }: ModelView) {
  return (name: keyof Messages['request'], values: Record<string, MessageValue> = {}) =>
    message(`request.${name}`, { model: label, ...values })
}

function durationSentence({ label, supports: { duration } }: ModelView) {
  const { min, max, step } = duration
  return message('request.durationRange', { model: label, min, max, step })
}

/** What is to be chosen, where the value is none of these. */
function chooseOf(values: readonly string[]) {
  return message('request.chooseOf', { options: values.join(', ') })
}

/** `POST /api/estimate`: what a generation would cost and take. The same body as a start; nothing is started. */
export interface EstimateView {
  /** Dollars, all variations together, at the provider that would make it. */
  usd: number
  /** Dollars, all variations together, at the most expensive provider it may fall back to. */
  upToUsd: number
  provider: string
  providerLabel: string
  reason: Sentence
  /** From past runs here; null before the first. Always an estimate. */
  expected: { seconds: number; p90Seconds: number | null; runs: number } | null
}
