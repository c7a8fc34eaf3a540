import type { Interactions } from '@google/genai'
import { inputRefused } from '../google/google-error.ts'
import type { ProviderRequest } from '../provider.ts'
import { readImage } from '../google/veo-inputs.ts'
import { geminiLabel } from './gemini-error.ts'

// Not documented where it could be read; all that is known is that it is a string.
const durationOf = (seconds: number) => `${seconds}s`

// The API's seeds are signed 32 bit integers.
const largestSeed = 0x7fffffff

/**
 * A request to the Interactions API for a video that is made in the background. A first frame or
 * reference pictures go along; a last frame or a film is refused, and a negative prompt has no
 * place there.
 */
export async function omniRequest(
  request: ProviderRequest,
): Promise<Interactions.InteractionCreateParams.CreateModelInteractionParamsNonStreaming> {
  const { model, aspectRatio, resolution, durationSeconds, seed, inputs } = request
  return {
    model,
    input: await inputOf(request),
    background: true,
    response_format: {
      type: 'video',
      aspect_ratio: aspectRatio,
      resolution,
      duration: durationOf(durationSeconds),
      delivery: 'uri',
    },
    generation_config: { video_config: { task: taskOf(inputs) }, seed: seed & largestSeed },
  }
}

function taskOf(inputs: ProviderRequest['inputs']) {
  if (inputs.length === 0) return 'text_to_video'
  const isFrame = inputs.some(({ role }) => role === 'first_frame')
  return isFrame ? 'image_to_video' : 'reference_to_video'
}

async function inputOf({ prompt, inputs }: ProviderRequest) {
  const stranger = inputs.find(({ role }) => role !== 'first_frame' && role !== 'reference')
  if (stranger) throw inputRefused(geminiLabel, stranger.role)
  if (inputs.length === 0) return prompt
  const images = await Promise.all(inputs.map((input) => readImage(geminiLabel, input)))
  return [
    ...images.map(({ base64, contentType }) => ({
      type: 'image' as const,
      data: base64,
      mime_type: contentType,
    })),
    { type: 'text' as const, text: prompt },
  ]
}
