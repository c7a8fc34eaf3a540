import { message } from '#lib/messages/message'
import type { ModelSupports } from '#lib/contract/model-view'
import type { Model } from './model.ts'
import { usual } from './usual.ts'

const veo: ModelSupports = {
  ...usual,
  duration: { min: 4, max: 8, step: 2 },
  audio: true,
  firstFrame: true,
  lastFrame: true,
  maxReferences: 3,
  referenceSeconds: 8,
}

// Google's own servers take more settings, and understand English best.
const veoAtGoogle = { seed: true, negativePrompt: true, silence: true, anyLanguage: false } as const

const veoDefaults = {
  aspectRatio: '9:16',
  resolution: '720p',
  duration: 8,
  generateAudio: true,
} as const

/** Google's models, at Google itself and at those who pass them on. */
export const googleModels: readonly Model[] = [
  {
    id: 'veo-3.1-fast',
    kind: 'video',
    label: 'Veo 3.1 Fast',
    description: message('models.veo-3_1-fast'),
    badges: [message('models.badgeFast'), message('models.badgeSound')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: veo,
    defaults: veoDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'veo3_fast',
        price: { perSecondUsd: 0, perRunUsd: 0.4 },
        usualSeconds: 90,
      },
      {
        provider: 'vertex',
        model: 'veo-3.1-fast-generate-001',
        price: { perSecondUsd: 0.15, perRunUsd: 0 },
        supports: veoAtGoogle,
        usualSeconds: 75,
      },
      {
        provider: 'gemini',
        model: 'veo-3.1-fast-generate-preview',
        price: { perSecondUsd: 0.15, perRunUsd: 0 },
        supports: { anyLanguage: false, negativePrompt: true },
        usualSeconds: 75,
        needsVariable: 'GEMINI_BASE_URL',
      },
    ],
  },
  {
    id: 'veo-3.1',
    kind: 'video',
    label: 'Veo 3.1',
    description: message('models.veo-3_1'),
    badges: [message('models.badgeBest'), message('models.badgeSound')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: veo,
    defaults: veoDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'veo3',
        price: { perSecondUsd: 0, perRunUsd: 2 },
        usualSeconds: 150,
      },
      {
        provider: 'vertex',
        model: 'veo-3.1-generate-001',
        price: { perSecondUsd: 0.4, perRunUsd: 0 },
        supports: veoAtGoogle,
        usualSeconds: 120,
      },
    ],
  },
  {
    id: 'veo-3.1-lite',
    kind: 'video',
    label: 'Veo 3.1 Lite',
    description: message('models.veo-3_1-lite'),
    badges: [message('models.badgeDrafts'), message('models.badgeSound')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...veo, maxReferences: 0 },
    defaults: veoDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'veo3_lite',
        price: { perSecondUsd: 0, perRunUsd: 0.2 },
        usualSeconds: 60,
      },
    ],
  },
  {
    id: 'gemini-omni-flash',
    kind: 'video',
    label: 'Gemini Omni Flash',
    description: message('models.omni'),
    badges: [message('models.badgeSound'), message('models.badgeCancel')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: {
      ...usual,
      duration: { min: 3, max: 10, step: 1 },
      seed: true,
      audio: true,
      cancel: true,
      firstFrame: true,
      maxReferences: 3,
    },
    defaults: { ...veoDefaults, duration: 5 },
    routes: [
      {
        provider: 'gemini',
        model: 'gemini-omni-1.1-flash',
        price: { perSecondUsd: 0.1, perRunUsd: 0 },
        usualSeconds: 60,
      },
    ],
  },
]
