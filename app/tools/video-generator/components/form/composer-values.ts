import type { FileView } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { AspectRatio, ModelView, Resolution } from '#lib/contract/model-view'
import { chosenFrom, inputsOf, type SourceVideo } from './inputs.ts'
import type { Picture } from './pictures.ts'

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
  pictures: Picture[]
  sourceVideo: SourceVideo | null
  /** How many videos to make of it. */
  variations: number
  /** Dollars for one video, as typed; empty means no limit. */
  maxUsd: string
  useCache: boolean
}

/** The form before the models are loaded. */
export const initialValues: ComposerValues = {
  prompt: '',
  model: '',
  aspectRatio: '9:16',
  duration: 5,
  resolution: '720p',
  generateAudio: true,
  seed: '',
  negativePrompt: '',
  pictures: [],
  sourceVideo: null,
  variations: 1,
  maxUsd: '',
  useCache: false,
}

/** The form as a request, without what the model does not support. */
export function toRequest(values: ComposerValues, model: ModelView) {
  const { supports } = model
  const { prompt, aspectRatio, duration, resolution, variations, useCache } = values
  return {
    prompt,
    model: model.id,
    aspectRatio,
    duration,
    resolution,
    seed: supports.seed && values.seed.trim() ? Number(values.seed) : null,
    negativePrompt: supports.negativePrompt ? values.negativePrompt.trim() || null : null,
    generateAudio: supports.audio && (values.generateAudio || !supports.silence),
    inputs: inputsOf(values),
    variations,
    maxUsd: values.maxUsd.trim() ? Number(values.maxUsd.replace(',', '.')) : null,
    useCache,
  } satisfies GenerateVideoRequest
}

/** The form that would make this video again. */
export function fromSettings(settings: FileView['settings']): Partial<ComposerValues> {
  const { seed, negativePrompt, inputs, maxUsd, ...same } = settings
  const chosen = chosenFrom(inputs)
  const limit = maxUsd === null ? '' : String(maxUsd)
  return {
    ...same,
    seed: String(seed),
    negativePrompt: negativePrompt ?? '',
    maxUsd: limit,
    ...chosen,
  }
}
