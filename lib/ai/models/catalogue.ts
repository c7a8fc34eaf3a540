import { aspectRatios, resolutions } from '#lib/contract/video-format'
import type { Model } from './model.ts'

/** Every model there is, in the order they are offered. All that is known of a model stands here and nowhere else. */
export const catalogue: readonly Model[] = [
  {
    id: 'local-preview',
    label: 'Local preview',
    description: 'Draws a short film from your words on this machine. Demo renderer, no AI.',
    isDemo: true,
    state: 'available',
    replacementId: null,
    supports: {
      aspectRatios: [...aspectRatios],
      resolutions: [...resolutions],
      duration: { min: 2, max: 10, step: 1 },
      seed: true,
      negativePrompt: true,
      audio: true,
      cancel: true,
    },
    defaults: { aspectRatio: '9:16', resolution: '720p', duration: 5, generateAudio: true },
    price: { perSecondUsd: 0, perRunUsd: 0 },
    route: { provider: 'local', model: 'local-preview', usualSeconds: null },
  },
]
