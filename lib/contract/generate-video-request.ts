import * as z from 'zod/mini'
import type { ModelView } from './model-view.ts'
import { aspectRatios, resolutions } from './video-format.ts'

export const promptMaxLength = 4000
export const seedMax = 4_294_967_295

const promptSentence = 'Write a prompt: 1 to 4,000 characters.'
const seedSentence = `Give a whole number from 0 to ${seedMax}.`

const baseSchema = z.strictObject({
  prompt: z
    .string({ error: promptSentence })
    .check(
      z.trim(),
      z.minLength(1, promptSentence),
      z.maxLength(promptMaxLength, 'The prompt may have at most 4,000 characters.'),
    ),
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
      .check(z.trim(), z.maxLength(2000, 'The negative prompt may have at most 2,000 characters.')),
  ),
  generateAudio: z.optional(z.boolean({ error: 'Give true or false.' })),
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
      const fault = (field: string, message: string) =>
        context.issues.push({ code: 'custom', path: [field], message, input: request })
      if (!model) {
        fault('model', oneOf(models.filter((one) => one.isEnabled).map((one) => one.id)))
        return z.NEVER
      }
      for (const [field, message] of modelFaults(request, model)) fault(field, message)
      return {
        prompt: request.prompt,
        model: model.id,
        aspectRatio: request.aspectRatio ?? model.defaults.aspectRatio,
        duration: request.duration ?? model.defaults.duration,
        resolution: request.resolution ?? model.defaults.resolution,
        seed: request.seed ?? null,
        negativePrompt: request.negativePrompt || null,
        generateAudio: request.generateAudio ?? model.defaults.generateAudio,
      }
    },
  )
  return z.pipe(baseSchema, fillIn)
}

function* modelFaults(
  request: z.output<typeof baseSchema>,
  model: ModelView,
): Generator<[field: string, message: string]> {
  const { supports, label } = model
  if (!model.isEnabled) yield ['model', model.unavailableReason ?? `${label} is switched off.`]
  if (model.state === 'retired') yield ['model', retiredSentence(model)]
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
}

function fitsDuration(seconds: number, { min, max, step }: ModelView['supports']['duration']) {
  return seconds >= min && seconds <= max && Number.isInteger((seconds - min) / step)
}

function durationSentence({ label, supports: { duration } }: ModelView) {
  const step = duration.step === 1 ? 'whole seconds' : `steps of ${duration.step} seconds`
  return `${label} makes ${duration.min} to ${duration.max} seconds, in ${step}.`
}

function retiredSentence({ label, replacementId }: ModelView) {
  return `${label} is no longer offered.${replacementId ? ` Use ${replacementId} instead.` : ''}`
}

function oneOf(values: readonly string[]) {
  return `Choose one of: ${values.join(', ')}.`
}
