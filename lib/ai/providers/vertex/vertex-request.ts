import type { GenerateVideosParameters, VideoGenerationReferenceType } from '@google/genai'
import type { ProviderRequest } from '../provider.ts'
import { type VeoImage, readVeoInputs } from '../google/veo-inputs.ts'
import { vertexLabel } from './vertex-error.ts'

/**
 * A request as the SDK takes it: one sample, and no bucket, so that the video comes inside the
 * operation.
 */
export async function vertexRequest(request: ProviderRequest): Promise<GenerateVideosParameters> {
  const { firstFrame, lastFrame, references } = await readVeoInputs(vertexLabel, request.inputs)
  const { aspectRatio, resolution, durationSeconds, seed, generateAudio } = request
  return {
    model: request.model,
    source: { prompt: request.prompt, ...(firstFrame && { image: imageOf(firstFrame) }) },
    config: {
      numberOfVideos: 1,
      aspectRatio,
      resolution,
      durationSeconds,
      seed,
      generateAudio,
      personGeneration: 'allow_adult',
      ...(request.negativePrompt && { negativePrompt: request.negativePrompt }),
      ...(lastFrame && { lastFrame: imageOf(lastFrame) }),
      ...(references.length > 0 && { referenceImages: references.map(referenceOf) }),
    },
  }
}

function imageOf({ base64, contentType }: VeoImage) {
  return { imageBytes: base64, mimeType: contentType }
}

// The SDK's own constant is in capitals and goes out as it is; the API's reference has it in small
// letters.
const asset: unknown = 'asset'

function referenceOf(image: VeoImage) {
  return { image: imageOf(image), referenceType: asset as VideoGenerationReferenceType }
}
