import { chatRatios, type GenerateVideoInput } from '#lib/contract/chat-tools'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { FileRow } from '../../files/file-row.ts'

/**
 * What a model asked for as the form would have sent it, but for an image. A new version takes what is not said from
 * the video it comes from, what it begins with included; the seed is drawn anew.
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
    ...(from?.inputs && { inputs: from.inputs }),
    ...(typeof input.seed === 'number' && { seed: input.seed }),
  }
}
