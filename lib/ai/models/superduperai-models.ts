import { message } from '#lib/messages/message'
import { aspectRatios } from '#lib/contract/model-view'
import type { Model } from './model.ts'
import { usual, usualDefaults, usualImage, usualImageDefaults } from './usual.ts'

/** What SuperDuperAI runs. */
export const superDuperAiModels: readonly Model[] = [
  {
    id: 'ltx-video',
    kind: 'video',
    label: 'LTX Video',
    description: message('models.ltx'),
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: {
      ...usual,
      aspectRatios: [...aspectRatios],
      resolutions: ['480p', '720p'],
      duration: { min: 5, max: 10, step: 5 },
      seed: true,
      negativePrompt: true,
      firstFrame: true,
    },
    defaults: usualDefaults,
    routes: [
      {
        provider: 'superduperai',
        model: 'comfyui/ltx',
        price: { perSecondUsd: 0.4, perRunUsd: 0 },
        usualSeconds: 60,
      },
    ],
  },
  {
    id: 'flux-dev',
    kind: 'image',
    label: 'FLUX Dev',
    description: message('models.flux-dev'),
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: {
      ...usualImage,
      seed: true,
      negativePrompt: true,
      // Its list of 2025 says so; it was seen to answer WebP, which is kept as it comes.
      imageFormats: ['png'],
    },
    defaults: usualImageDefaults,
    routes: [
      {
        provider: 'superduperai',
        model: 'comfyui/flux',
        price: { perSecondUsd: 0, perRunUsd: 1 },
        usualSeconds: 120,
      },
    ],
  },
]
