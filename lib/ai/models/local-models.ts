import { message } from '#lib/messages/message'
import { aspectRatios, imageSizes, resolutions } from '#lib/contract/model-view'
import type { Model } from './model.ts'
import { usual, usualImage, usualImageDefaults } from './usual.ts'

/** The renderer on this machine: free, and no AI. */
export const localModels: readonly Model[] = [
  {
    id: 'local-preview',
    kind: 'video',
    label: 'Local preview',
    description: message('models.local'),
    badges: [message('models.badgeFree'), message('models.badgeNoKey')],
    isDemo: true,
    state: 'available',
    replacementId: null,
    supports: {
      ...usual,
      aspectRatios: [...aspectRatios],
      resolutions: [...resolutions],
      duration: { min: 2, max: 10, step: 1 },
      seed: true,
      negativePrompt: true,
      audio: true,
      silence: true,
      cancel: true,
    },
    defaults: { aspectRatio: '9:16', resolution: '720p', duration: 5, generateAudio: true },
    routes: [
      {
        provider: 'local',
        model: 'local-preview',
        price: { perSecondUsd: 0, perRunUsd: 0 },
        usualSeconds: null,
      },
    ],
  },
  {
    id: 'local-still',
    kind: 'image',
    label: 'Local preview image',
    description: message('models.localStill'),
    badges: [message('models.badgeFree'), message('models.badgeNoKey')],
    isDemo: true,
    state: 'available',
    replacementId: null,
    supports: {
      ...usualImage,
      resolutions: [...imageSizes],
      customSize: { min: 64, max: 4096, step: 1 },
      seed: true,
      negativePrompt: true,
      cancel: true,
    },
    defaults: usualImageDefaults,
    routes: [
      {
        provider: 'local',
        model: 'local-still',
        price: { perSecondUsd: 0, perRunUsd: 0 },
        usualSeconds: null,
      },
    ],
  },
]
