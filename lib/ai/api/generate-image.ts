import { withBasePath } from '#lib/contract/calls/base-path'
import type { GenerateImageRequest } from '#lib/contract/request/generate-image-request'
import { type StartOptions, startGeneration } from './generate-video.ts'

/** Starts an image, as `generateVideo` starts a video. */
export function generateImage(request: GenerateImageRequest, options: StartOptions) {
  return startGeneration(withBasePath('/api/generate/image'), request, options)
}
