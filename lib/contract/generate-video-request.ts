import type { Sentence } from '#lib/messages/message'
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
  tooLongSentence,
} from './text/plain-text.ts'

export const seedMax = 4_294_967_295

const promptSentence = 'Write a prompt: 1 to 4,000 characters.'
const variationsSentence = 'Give a whole number from 1 to 4.'
const seedSentence = `Give a whole number from 0 to ${seedMax}.`

/** Makes a text plain and trims it; one of invisible characters only is empty. */
export function plain() {
  return z.overwrite<string>((text) => (isBlank(text) ? '' : plainText(text).trim()))
}

/** Says by how much a text is too long. */
function fits(name: string, max: number) {
  return z.maxLength(max, {
    error: ({ input }) => tooLongSentence(name, lengthOf(input as string), max) ?? undefined,
  })
}

const imageId = z
  .string({ error: 'Give the id of an uploaded image.' })
  .check(z.regex(/^image_[0-9a-z]{24}$/, 'Give the id of an uploaded image.'))

const inputsSchema = z.strictObject({
  firstFrame: z.nullish(imageId),
  lastFrame: z.nullish(imageId),
  references: z.optional(z.array(imageId).check(z.maxLength(3, 'At most 3 references.'))),
  sourceVideo: z.nullish(
    z
      .string({ error: 'Give the id of a finished video.' })
      .check(z.regex(/^file_[0-9a-z]{24}$/, 'Give the id of a finished video.')),
  ),
})

const baseSchema = z.strictObject({
  prompt: z
    .string({ error: promptSentence })
    .check(plain(), z.minLength(1, promptSentence), fits('prompt', promptMaxLength)),
  model: z.optional(
    z
      .string({ error: 'Give the id of a model.' })
      .check(z.maxLength(100, 'A model id has at most 100 characters.')),
  ),
  aspectRatio: z.optional(z.enum(aspectRatios, { error: oneOf(aspectRatios) })),
  duration: z.optional(z.number({ error: 'Give the duration in seconds, as a number.' })),
  resolution: z.optional(z.enum(resolutions, { error: oneOf(resolutions) })),
  seed: z.nullish(
    z
      .int({ error: seedSentence })
      .check(z.minimum(0, seedSentence), z.maximum(seedMax, seedSentence)),
  ),
  negativePrompt: z.nullish(
    z
      .string({ error: 'Give a text.' })
      .check(plain(), fits('negative prompt', negativePromptMaxLength)),
  ),
  generateAudio: z.optional(z.boolean({ error: 'Give true or false.' })),
  inputs: z.optional(inputsSchema),
  /** How many videos to make of it, each with a seed of its own and paid for on its own. */
  variations: z.optional(
    z
      .int({ error: variationsSentence })
      .check(z.minimum(1, variationsSentence), z.maximum(maxVariations, variationsSentence)),
  ),
  /** The most one video may cost, in dollars, fallback included. */
  maxUsd: z.nullish(z.number({ error: 'Give dollars.' }).check(z.minimum(0, 'Give dollars.'))),
  /** Give back an identical video of the last hour instead of paying again. Off unless asked for. */
  useCache: z.optional(z.boolean({ error: 'Give true or false.' })),
})

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
        fault('model', oneOf(models.filter((one) => one.isEnabled).map((one) => one.id)))
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
  const { supports, label } = model
  if (!model.isEnabled) yield ['model', model.unavailableReason ?? `${label} is switched off.`]
  if (request.aspectRatio && !supports.aspectRatios.includes(request.aspectRatio))
    yield ['aspectRatio', `${label} makes ${supports.aspectRatios.join(', ')}.`]
  if (request.resolution && !supports.resolutions.includes(request.resolution))
    yield ['resolution', `${label} makes ${supports.resolutions.join(', ')}.`]
  if (request.duration !== undefined && !fitsDuration(request.duration, supports.duration))
    yield ['duration', durationSentence(model)]
  if (request.seed != null && !supports.seed) yield ['seed', `${label} takes no seed.`]
  if (request.negativePrompt && !supports.negativePrompt)
    yield ['negativePrompt', `${label} takes no negative prompt.`]
  if (request.generateAudio && !supports.audio)
    yield ['generateAudio', `${label} makes silent videos only.`]
  if (request.generateAudio === false && supports.audio && !supports.silence)
    yield ['generateAudio', `${label} always makes sound.`]
  yield* inputFaults(settings, model)
}

function* inputFaults({ inputs, duration }: GenerationSettings, model: ModelView): Faults {
  const { supports, label } = model
  if (inputs.firstFrame && !supports.firstFrame)
    yield ['inputs.firstFrame', `${label} takes no first frame.`]
  if (inputs.lastFrame && !supports.lastFrame)
    yield ['inputs.lastFrame', `${label} takes no last frame.`]
  if (inputs.lastFrame && !inputs.firstFrame)
    yield ['inputs.lastFrame', 'A last frame needs a first frame beside it.']
  if (inputs.references.length > supports.maxReferences)
    yield ['inputs.references', `${label} takes ${supports.maxReferences || 'no'} references.`]
  else if (inputs.references.length > 0 && inputs.firstFrame)
    yield ['inputs.references', 'Give references or a first frame, not both.']
  else if (inputs.references.length > 0 && (supports.referenceSeconds ?? duration) !== duration)
    yield ['duration', `${label} takes references only at ${supports.referenceSeconds} seconds.`]
  if (inputs.sourceVideo && supports.sourceVideo === 'no')
    yield ['inputs.sourceVideo', `${label} takes no film.`]
  if (!inputs.sourceVideo && supports.sourceVideo === 'required')
    yield ['inputs.sourceVideo', `${label} makes over a film: choose one of yours.`]
}

/** Each wish can be met by some provider; what is left is whether one can meet all of them, within the budget. */
function* routeFaults(settings: GenerationSettings, model: ModelView): Faults {
  if (rankRoutes(model.routes, settings).length > 0) return
  const tooDear = limitSentence(model, settings)
  yield tooDear
    ? ['maxUsd', tooDear]
    : ['model', `No provider of ${model.label} can do all of this at once. Change a setting.`]
}

/** What is wrong, of one issue of the schema. */
export function faultOf(issue: { message: string; params?: Record<string, unknown> }): Sentence {
  return (issue.params?.sentence as Sentence | undefined) ?? issue.message
}

function durationSentence({ label, supports: { duration } }: ModelView) {
  const step = duration.step === 1 ? 'whole seconds' : `steps of ${duration.step} seconds`
  return `${label} makes ${duration.min} to ${duration.max} seconds, in ${step}.`
}

function oneOf(values: readonly string[]) {
  return `Choose one of: ${values.join(', ')}.`
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
