import { message } from '#lib/messages/message'
import { type ModelSupports, imageSizes } from '#lib/contract/model-view'
import type { Model, Route } from './model.ts'
import { usualImage, usualImageDefaults } from './usual.ts'

// Names and prices of Google's are those of its documents and price list (the models of 3 and 3.1 are generally available
// since 2026-05-28). Those of Kie.ai are from copies of its pages of early 2026 and were never called live: unconfirmed.
// What was charged is read from Kie.ai's records.

/** JPEG first: all that make them can, so that each can step in for the others. */
const bananas = {
  ...usualImage,
  resolutions: [...imageSizes],
  imageFormats: ['jpeg', 'png'],
} satisfies ModelSupports

/** Takes a format of its bytes nowhere: what comes is what these models are known to make (unconfirmed). */
const atGemini = { imageFormats: ['jpeg'] } satisfies Route['supports']

/** Google's image models, at Google itself and at Kie.ai, and others that Kie.ai passes on. */
export const imageModels: readonly Model[] = [
  {
    id: 'nano-banana-2',
    kind: 'image',
    label: 'Nano Banana 2',
    description: message('models.nano-banana-2'),
    badges: [message('models.badgeFast'), message('models.badgeReferences')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...bananas, maxReferences: 14 },
    defaults: usualImageDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'nano-banana-2',
        // 8, 12 and 18 credits: unconfirmed.
        price: { perSecondUsd: 0, perRunUsd: 0.04, perRunUsdAt: { '2K': 0.06, '4K': 0.09 } },
        usualSeconds: 30,
      },
      {
        provider: 'gemini',
        model: 'gemini-3.1-flash-image',
        price: { perSecondUsd: 0, perRunUsd: 0.067, perRunUsdAt: { '2K': 0.101, '4K': 0.151 } },
        supports: atGemini,
        usualSeconds: 20,
      },
      {
        provider: 'vertex',
        model: 'gemini-3.1-flash-image',
        price: { perSecondUsd: 0, perRunUsd: 0.067, perRunUsdAt: { '2K': 0.101, '4K': 0.151 } },
        usualSeconds: 20,
      },
    ],
  },
  {
    id: 'nano-banana-pro',
    kind: 'image',
    label: 'Nano Banana Pro',
    description: message('models.nano-banana-pro'),
    badges: [message('models.badgeBest'), message('models.badgeReferences')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...bananas, maxReferences: 14 },
    defaults: usualImageDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'nano-banana-pro',
        // 18 and 24 credits: unconfirmed.
        price: { perSecondUsd: 0, perRunUsd: 0.09, perRunUsdAt: { '4K': 0.12 } },
        supports: { maxReferences: 8 },
        usualSeconds: 60,
      },
      {
        provider: 'gemini',
        model: 'gemini-3-pro-image',
        price: { perSecondUsd: 0, perRunUsd: 0.134, perRunUsdAt: { '4K': 0.24 } },
        supports: atGemini,
        usualSeconds: 40,
      },
      {
        provider: 'vertex',
        model: 'gemini-3-pro-image',
        price: { perSecondUsd: 0, perRunUsd: 0.134, perRunUsdAt: { '4K': 0.24 } },
        usualSeconds: 40,
      },
    ],
  },
  {
    id: 'seedream-4.5',
    kind: 'image',
    label: 'Seedream 4.5',
    description: message('models.seedream'),
    badges: [message('models.badgeLarge')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: {
      ...usualImage,
      aspectRatios: ['9:16', '16:9', '1:1', '4:3', '3:4', '3:2', '2:3', '21:9'],
      resolutions: ['2K', '4K'],
      maxReferences: 14,
      // It takes no format; PNG is unconfirmed.
      imageFormats: ['png'],
    },
    defaults: { ...usualImageDefaults, resolution: '2K' },
    routes: [
      {
        provider: 'kie',
        model: 'seedream/4.5-text-to-image',
        // 5 and 8 credits, elsewhere 6.5 for both: unconfirmed.
        price: { perSecondUsd: 0, perRunUsd: 0.0325, perRunUsdAt: { '4K': 0.04 } },
        usualSeconds: 30,
      },
    ],
  },
  {
    id: 'flux-2-pro',
    kind: 'image',
    label: 'FLUX.2 Pro',
    description: message('models.flux-2-pro'),
    badges: [message('models.badgeReferences')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: {
      ...usualImage,
      aspectRatios: ['9:16', '16:9', '1:1', '4:3', '3:4', '3:2', '2:3'],
      resolutions: ['1K', '2K'],
      maxReferences: 8,
      // It takes no format; PNG is unconfirmed.
      imageFormats: ['png'],
    },
    defaults: usualImageDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'flux-2/pro-text-to-image',
        // 5 and 7 credits: unconfirmed.
        price: { perSecondUsd: 0, perRunUsd: 0.025, perRunUsdAt: { '2K': 0.035 } },
        usualSeconds: 30,
      },
    ],
  },
  {
    id: 'nano-banana',
    kind: 'image',
    label: 'Nano Banana',
    description: message('models.nano-banana'),
    badges: [message('models.badgeDrafts')],
    isDemo: false,
    state: 'available',
    replacementId: 'nano-banana-2',
    supports: { ...usualImage, maxReferences: 10 },
    defaults: usualImageDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'google/nano-banana',
        price: { perSecondUsd: 0, perRunUsd: 0.02 },
        usualSeconds: 20,
      },
      {
        // Not before 2026-10-02 it was to be shut down in the Gemini API, and it may be gone there; whether and when at
        // Vertex AI is unconfirmed.
        provider: 'vertex',
        model: 'gemini-2.5-flash-image',
        price: { perSecondUsd: 0, perRunUsd: 0.039 },
        supports: { maxReferences: 3 },
        usualSeconds: 15,
      },
      {
        provider: 'gemini',
        model: 'gemini-2.5-flash-image',
        price: { perSecondUsd: 0, perRunUsd: 0.039 },
        supports: { maxReferences: 3, imageFormats: ['png'] },
        usualSeconds: 15,
        needsVariable: 'GEMINI_BASE_URL',
      },
    ],
  },
]
