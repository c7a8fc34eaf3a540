import type { FileView } from '#lib/contract/file-view'

/** The address of the generator's form, filled with the settings of a video. It fills, and never starts. */
export function formLink({ settings }: Pick<FileView, 'settings'>) {
  const { prompt, model, aspectRatio, duration, resolution, seed, negativePrompt } = settings
  const query = new URLSearchParams({
    prompt,
    model,
    aspectRatio,
    duration: String(duration),
    resolution,
    seed: String(seed),
    generateAudio: String(settings.generateAudio),
    ...(negativePrompt && { negativePrompt }),
  })
  return `/tools/video-generator?${query}`
}
