import { chatRatios, type GenerateVideoInput } from '#lib/contract/chat-tools'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { FileRow } from '../../files/file-row.ts'

/**
 * What a model asked for as the form would have sent it. A new version takes what is not said from the video it comes
 * from; the seed is drawn anew.
 */
export function generationBody(
  input: GenerateVideoInput,
  from: FileRow | undefined,
): GenerateVideoRequest {
  const ratio = input.aspectRatio ? chatRatios[input.aspectRatio] : from?.aspectRatio
  const seconds = input.seconds ?? input.nFrames ?? from?.duration
  const resolution = input.resolution ?? from?.resolution
  const model = input.model ?? from?.model
  return {
    prompt: input.prompt,
    ...(ratio && { aspectRatio: ratio }),
    ...(seconds && { duration: seconds }),
    ...(resolution && { resolution }),
    ...(model && { model }),
    ...(from && { generateAudio: from.generateAudio, negativePrompt: from.negativePrompt }),
    ...(typeof input.seed === 'number' && { seed: input.seed }),
  }
}
