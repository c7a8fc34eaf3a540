import type { ModelSupports } from '#lib/contract/model-view'

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
  anyLanguage: true,
}

/** What most models are asked for. */
export const usualDefaults = {
  aspectRatio: '9:16',
  resolution: '720p',
  duration: 5,
  generateAudio: false,
} as const
