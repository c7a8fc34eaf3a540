import { type ModelSupports, imageRatios } from '#lib/contract/model-view'

/** What most models of the field have in common; each model says where it differs. */
export const usual: ModelSupports = {
  aspectRatios: ['9:16', '16:9'],
  resolutions: ['720p', '1080p'],
  duration: { min: 5, max: 10, step: 5 },
  seed: false,
  negativePrompt: false,
  audio: false,
  silence: false,
  cancel: false,
  firstFrame: false,
  lastFrame: false,
  maxReferences: 0,
  referenceSeconds: null,
  sourceVideo: 'no',
  customSize: null,
  imageFormats: [],
  anyLanguage: true,
}

/** What most models are asked for. */
export const usualDefaults = {
  aspectRatio: '9:16',
  resolution: '720p',
  duration: 5,
  generateAudio: false,
} as const

/** The same for images. Sizes in pixels are for a model to allow: its ratios never name `custom`. */
export const usualImage: ModelSupports = {
  ...usual,
  aspectRatios: imageRatios.filter((ratio) => ratio !== 'custom'),
  resolutions: ['1K'],
  duration: { min: 0, max: 0, step: 1 },
  imageFormats: ['png', 'jpeg'],
}

export const usualImageDefaults = {
  aspectRatio: '1:1',
  resolution: '1K',
  duration: 0,
  generateAudio: false,
} as const
