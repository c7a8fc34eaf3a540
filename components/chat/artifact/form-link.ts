import { withBasePath } from '#lib/contract/calls/base-path'
import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { tookSeed } from '#components/video/actions/make-again.ts'

/**
 * The address of the generator's form, filled with the settings of a video, its pictures and film included. It fills,
 * and never starts. What was written travels by the id of the video: texts are too long for an address, and stay in
 * logs. A seed its provider did not take is omitted: it would only lead to a more expensive provider.
 */
export function formLink(view: FileView, models: readonly ModelView[]) {
  if (view.type === 'image') return imageFormLink(view, models)
  const { inputs, maxUsd, seed, ...settings } = view.settings
  const { firstFrame, lastFrame, references, sourceVideo } = inputs
  const { model, aspectRatio, duration, resolution, generateAudio } = settings
  const query = new URLSearchParams({
    from: view.id,
    model,
    aspectRatio,
    duration: String(duration),
    resolution,
    generateAudio: String(generateAudio),
    ...(tookSeed(view, models) && { seed: String(seed) }),
    // What costs nothing keeps within any limit; another model should not have to.
    ...(maxUsd !== null && !view.isDemo && { maxUsd: String(maxUsd) }),
    ...(firstFrame && { firstFrame }),
    ...(lastFrame && { lastFrame }),
    ...(references.length > 0 && { references: references.join() }),
    ...(sourceVideo && { sourceVideo }),
  })
  return withBasePath(`/tools/video-generator?${query}`)
}

/** The same of an image, in the form for images. */
function imageFormLink(view: FileView, models: readonly ModelView[]) {
  const { settings, width, height } = view
  const { model, aspectRatio, resolution, imageFormat, maxUsd, inputs } = settings
  const isSized = aspectRatio === 'custom'
  const query = new URLSearchParams({
    from: view.id,
    model,
    aspectRatio,
    ...(isSized ? { width: String(width), height: String(height) } : { resolution }),
    ...(imageFormat && { imageFormat }),
    ...(tookSeed(view, models) && { seed: String(settings.seed) }),
    ...(maxUsd !== null && !view.isDemo && { maxUsd: String(maxUsd) }),
    ...(inputs.references.length > 0 && { references: inputs.references.join() }),
  })
  return withBasePath(`/tools/image-generator?${query}`)
}
