import type { FileView } from '#lib/contract/file-view'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { AspectRatio, ImageFormat, ModelView, Resolution } from '#lib/contract/model-view'
import { chosenFrom, inputsOf, type SourceVideo } from './pictures/inputs.ts'
import type { Picture } from './pictures/pictures.ts'

/** The form as its controls show it. */
export interface ComposerValues {
  prompt: string
  /** The prompt before it was improved; empty where it was not. */
  promptBefore: string
  /** Empty until the models are known. */
  model: string
  aspectRatio: AspectRatio
  /** Seconds. */
  duration: number
  resolution: Resolution
  /** Of an image: pixels as typed, where the format is `custom`; and what its bytes are to be. */
  width: string
  height: string
  imageFormat: ImageFormat
  generateAudio: boolean
  /** As typed; empty means random. */
  seed: string
  negativePrompt: string
  pictures: Picture[]
  sourceVideo: SourceVideo | null
  /** How many to make of it. */
  variations: number
  /** Dollars for one of them, as typed; empty means no limit. */
  maxUsd: string
  useCache: boolean
}

/** The form of videos before the models are loaded. */
export const initialValues: ComposerValues = {
  prompt: '',
  promptBefore: '',
  model: '',
  aspectRatio: '9:16',
  duration: 5,
  resolution: '720p',
  width: '',
  height: '',
  imageFormat: 'png',
  generateAudio: true,
  seed: '',
  negativePrompt: '',
  pictures: [],
  sourceVideo: null,
  variations: 1,
  maxUsd: '',
  useCache: false,
}

/** The form as a request for videos, without what the model does not support. */
export function toRequest(values: ComposerValues, model: ModelView) {
  const { supports } = model
  const { aspectRatio, duration, resolution } = values
  return {
    ...commonRequest(values, model),
    aspectRatio,
    duration,
    resolution,
    generateAudio: supports.audio && (values.generateAudio || !supports.silence),
    inputs: inputsOf(values),
  } satisfies GenerateVideoRequest
}

/** What every request has, without what the model does not support. */
export function commonRequest(values: ComposerValues, { id, supports }: ModelView) {
  const { prompt, promptBefore, variations, useCache } = values
  return {
    prompt,
    ...(promptBefore && promptBefore !== prompt && { promptBefore }),
    model: id,
    seed: supports.seed && values.seed.trim() ? Number(values.seed) : null,
    negativePrompt: supports.negativePrompt ? values.negativePrompt.trim() || null : null,
    variations,
    maxUsd: values.maxUsd.trim() ? Number(values.maxUsd.replace(',', '.')) : null,
    useCache,
  }
}

/** The form that would make this again. */
export function fromView({ settings, width, height }: FileView): Partial<ComposerValues> {
  const isSized = settings.aspectRatio === 'custom'
  return {
    ...fromSettings(settings),
    ...(isSized && { width: String(width), height: String(height) }),
  }
}

export function fromSettings(settings: FileView['settings']): Partial<ComposerValues> {
  const { seed, negativePrompt, inputs, maxUsd, edit: _edit, ...same } = settings
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
