import type { FileView } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { ModelView } from '#lib/contract/model-view'
import type { AspectRatio, Resolution } from '#lib/contract/video-format'

/** The form as its controls show it. */
export interface ComposerValues {
  prompt: string
  /** Empty until the models are known. */
  model: string
  aspectRatio: AspectRatio
  /** Seconds. */
  duration: number
  resolution: Resolution
  generateAudio: boolean
  /** As typed; empty means random. */
  seed: string
  negativePrompt: string
}

/** What stands in the form before the models are known. */
export const initialValues: ComposerValues = {
  prompt: '',
  model: '',
  aspectRatio: '9:16',
  duration: 5,
  resolution: '720p',
  generateAudio: true,
  seed: '',
  negativePrompt: '',
}

/** The request the form stands for: what the model does not take is left out. */
export function toRequest(values: ComposerValues, model: ModelView): GenerateVideoRequest {
  const { supports } = model
  const { prompt, aspectRatio, duration, resolution } = values
  return {
    prompt,
    model: model.id,
    aspectRatio,
    duration,
    resolution,
    seed: supports.seed && values.seed.trim() ? Number(values.seed) : null,
    negativePrompt: supports.negativePrompt ? values.negativePrompt.trim() || null : null,
    generateAudio: supports.audio && values.generateAudio,
  }
}

/** The form that would make this very video again. */
export function fromSettings(settings: FileView['settings']): ComposerValues {
  const { seed, negativePrompt } = settings
  return { ...settings, seed: String(seed), negativePrompt: negativePrompt ?? '' }
}
