import type { GenerateVideosOperation } from '@google/genai'
import { googleStatusSchema } from '../google/google-error.ts'
import { type VeoOperation, withheldIn } from '../google/veo-result.ts'

/** An operation as the SDK answers it, with its video in base64 where there is one. */
export function vertexState(
  operation: GenerateVideosOperation,
): VeoOperation & { video: string | undefined } {
  const { done, error, response = {} } = operation
  const video = response.generatedVideos?.find((one) => one.video?.videoBytes)?.video?.videoBytes
  return {
    done: done === true,
    error: error && googleStatusSchema.catch({}).parse(error),
    output: video === undefined ? undefined : { kind: 'handover' },
    withheld: withheldIn(response),
    video,
  }
}
