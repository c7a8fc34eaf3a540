import { z } from 'zod'
import { jobGone, jobMissing, notUnderstood } from '../failures.ts'
import { inputRefused, videoNotThere } from '../google/google-error.ts'
import { callGoogle, fetchVideo, lookPastVideo } from '../google/google-wire.ts'
import { readImage } from '../google/veo-request.ts'
import { ProviderError } from '../provider-error.ts'
import type { CheckResult, Json, ProviderContext, ProviderRequest } from '../provider.ts'
import { type GeminiSite, callOf, geminiLabel as label } from './gemini-wire.ts'
import { freeEnds, interactionSchema, isVideo, omniResult } from './omni-result.ts'

const acceptedSchema = z.object({ id: z.string().min(1) })

/** Gemini Omni: the Interactions API. Throws `ProviderError` only. */
export function omniDialect(site: GeminiSite) {
  // A small video may come inside the JSON.
  const lookAt = (id: string) =>
    callOf(site, `v1/interactions/${encodeURIComponent(id)}`, { timeoutMs: 120_000 })
  const resultOf = (answer: unknown) => omniResult(site, answer)

  return {
    /** Makes the paid job, and answers its id. */
    async submit(json: Json, context: ProviderContext) {
      const call = { method: 'POST', json, purpose: 'submit', timeoutMs: 120_000 } as const
      const answer = await callGoogle(callOf(site, 'v1/interactions', call), context).catch(
        (error: unknown) => {
          throw isGone(error, json) ? jobGone(label, error.message) : error
        },
      )
      const accepted = acceptedSchema.safeParse(answer)
      if (!accepted.success) throw notUnderstood(label, accepted.error.message, true)
      return accepted.data.id
    },

    async check(id: string, context: ProviderContext): Promise<CheckResult> {
      const isEnough = (soFar: unknown) => resultOf(soFar).status === 'completed'
      return resultOf(await lookPastVideo(lookAt(id), isVideo, isEnough, context))
    },

    async fetch(id: string, path: string, context: ProviderContext) {
      const result = resultOf(await fetchVideo(lookAt(id), isVideo, path, context))
      if (result.status === 'failed') throw result.error
      if (result.status === 'pending' || result.output.kind !== 'fetch') throw videoNotThere(label)
    },

    /** Stops an interaction; one that is not known or came to nothing counts as stopped. Throws where it is billed. */
    async cancel(id: string, context: ProviderContext) {
      const path = `v1/interactions/${encodeURIComponent(id)}/cancel`
      try {
        await callGoogle(callOf(site, path, { method: 'POST', purpose: 'cancel' }), context)
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error
        if (error.code === 'not_found_or_expired') return
        if (error.code !== 'invalid_input' || !(await hasEndedFree(id, context))) throw error
      }
    },
  }

  async function hasEndedFree(id: string, context: ProviderContext) {
    const answer = await lookPastVideo(lookAt(id), isVideo, () => false, context)
    return freeEnds.has(interactionSchema.parse(answer).status)
  }
}

// Not documented where it could be read; all that is known is that it is a string.
const durationOf = (seconds: number) => `${seconds}s`

// The API's seeds are signed 32 bit integers.
const largestSeed = 0x7fffffff

/** The name of the model at Google: what it makes of its own videos has a name of ours. */
const atGoogle = (model: string) => model.split(':')[0]!

/**
 * The body of an interaction that extends a video of an earlier one, by naming that. What comes is the whole film, its
 * last frames changed for the seam (ai.google.dev, "Video extension"; read, not tried).
 */
function extensionBody(request: ProviderRequest) {
  const { model, prompt, work } = request
  if (!work?.job) throw jobMissing(label)
  return {
    model: atGoogle(model),
    previous_interaction_id: work.job,
    input: prompt,
    ...asked(request, 'extend'),
  }
}

/** Of an extension 404 is said of the interaction that it names: the model has made a video before. */
function isGone(error: unknown, json: Json): error is ProviderError {
  const isExtension = json !== null && typeof json === 'object' && 'previous_interaction_id' in json
  return isExtension && error instanceof ProviderError && error.code === 'model_retired'
}

/**
 * The body of an interaction that makes a video in the background, or extends one. A first frame or reference pictures go
 * along; a last frame or a film is refused, and a negative prompt has no place there.
 */
export async function omniBody(request: ProviderRequest) {
  const { model, inputs, work } = request
  if (work) return extensionBody(request)
  return { model, input: await inputOf(request), ...asked(request, taskOf(inputs)) }
}

function asked(request: ProviderRequest, task: string) {
  const { aspectRatio, resolution, durationSeconds, seed } = request
  return {
    background: true,
    response_format: {
      type: 'video',
      aspect_ratio: aspectRatio,
      resolution,
      duration: durationOf(durationSeconds),
      delivery: 'uri',
    },
    generation_config: { video_config: { task }, seed: seed & largestSeed },
  }
}

function taskOf(inputs: ProviderRequest['inputs']) {
  if (inputs.length === 0) return 'text_to_video'
  const isFrame = inputs.some(({ role }) => role === 'first_frame')
  return isFrame ? 'image_to_video' : 'reference_to_video'
}

async function inputOf({ prompt, inputs }: ProviderRequest) {
  const other = inputs.find(({ role }) => role !== 'first_frame' && role !== 'reference')
  if (other) throw inputRefused(label, other.role)
  if (inputs.length === 0) return prompt
  const images = await Promise.all(inputs.map((input) => readImage(label, input)))
  return [
    ...images.map(({ base64, contentType }) => ({
      type: 'image',
      data: base64,
      mime_type: contentType,
    })),
    { type: 'text', text: prompt },
  ]
}
