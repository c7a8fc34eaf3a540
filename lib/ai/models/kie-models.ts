import { message } from '#lib/messages/message'
import { aspectRatios } from '#lib/contract/model-view'
import type { Model } from './model.ts'
import { usual, usualDefaults } from './usual.ts'

/** Models of several makers that Kie.ai passes on. */
export const kieModels: readonly Model[] = [
  {
    id: 'kling-3',
    kind: 'video',
    label: 'Kling 3.0 Turbo',
    description: message('models.kling'),
    badges: [message('models.badgeMotion')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...usual, aspectRatios: [...aspectRatios] },
    defaults: usualDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'kling/v3-turbo-text-to-video',
        price: { perSecondUsd: 0.09, perRunUsd: 0 },
        usualSeconds: 120,
      },
    ],
  },
  {
    id: 'wan-2.7',
    kind: 'video',
    label: 'Wan 2.7',
    description: message('models.wan'),
    badges: [message('models.badgeStylized')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...usual, aspectRatios: [...aspectRatios], negativePrompt: true, seed: true },
    defaults: usualDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'wan/2-7-text-to-video',
        price: { perSecondUsd: 0.08, perRunUsd: 0 },
        usualSeconds: 150,
      },
    ],
  },
  {
    id: 'seedance-2',
    kind: 'video',
    label: 'Seedance 2',
    description: message('models.seedance'),
    badges: [message('models.badgeShots')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...usual, aspectRatios: [...aspectRatios], firstFrame: true, lastFrame: true },
    defaults: usualDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'bytedance/seedance-2',
        price: { perSecondUsd: 0.205, perRunUsd: 0 },
        usualSeconds: 120,
      },
    ],
  },
  {
    id: 'runway-aleph',
    kind: 'video',
    label: 'Runway Aleph',
    description: message('models.aleph'),
    badges: [message('models.badgeEdit')],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: {
      ...usual,
      aspectRatios: [...aspectRatios],
      resolutions: ['720p'],
      duration: { min: 5, max: 5, step: 1 },
      seed: true,
      sourceVideo: 'required',
    },
    defaults: usualDefaults,
    routes: [
      {
        provider: 'kie',
        model: 'runway-aleph',
        price: { perSecondUsd: 0, perRunUsd: 0.55 },
        usualSeconds: 120,
      },
    ],
  },
  {
    id: 'sora-2',
    kind: 'video',
    label: 'Sora 2',
    description: message('models.sora'),
    isDemo: false,
    state: 'retired',
    stateSince: '2026-09-24',
    replacementId: 'veo-3.1-fast',
    supports: { ...usual, duration: { min: 10, max: 15, step: 5 }, audio: true },
    defaults: { ...usualDefaults, duration: 10, generateAudio: true },
    routes: [
      {
        provider: 'kie',
        model: 'sora-2-text-to-video',
        price: { perSecondUsd: 0, perRunUsd: 0.5 },
        usualSeconds: null,
      },
    ],
  },
]
