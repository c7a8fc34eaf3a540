import type { FileView } from '#lib/contract/file-view'
import { aspectRatios } from '#lib/contract/model-view'
import { nearestRatio } from '#lib/contract/generation-inputs'

/** The path of the form for videos that begins with this image, in the nearest format. It fills, and never starts. */
export function animatePath(view: Pick<FileView, 'id' | 'width' | 'height'>) {
  const query = new URLSearchParams({
    firstFrame: view.id,
    aspectRatio: nearestRatio(aspectRatios, view),
  })
  return `/tools/video-generator?${query}`
}

/** Whether it can begin a video: a finished image. */
export function canAnimate({ type, status, url }: FileView) {
  return type === 'image' && status === 'completed' && url !== null
}
