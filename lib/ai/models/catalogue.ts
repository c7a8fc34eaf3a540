import { aspectRatios, resolutions } from '#lib/contract/video-format'
import type { ModelSupports } from '#lib/contract/model-view'
import type { Model } from './model.ts'

// What most models of the field have in common; each model says where it differs.
const usual: ModelSupports = {
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
const silentDefaults = { ...veoDefaults, duration: 5, generateAudio: false } as const

/**
 * Every model there is, in the order they are offered. All that is known of a model stands here and nowhere else.
 * Prices are those published in autumn 2026; what was charged is read from the provider wherever it tells.
 */
export const catalogue: readonly Model[] = [
  {
    id: 'veo-3.1-fast',
    label: 'Veo 3.1 Fast',
    description: 'Google’s quick model, with sound. The best value for most clips.',
    badges: ['Fast', 'Sound'],
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
    label: 'Veo 3.1',
    description: 'Google’s best model, with sound. Slower and dearer, for the final take.',
    badges: ['Best quality', 'Sound'],
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
    label: 'Veo 3.1 Lite',
    description: 'The small Veo, for drafts.',
    badges: ['Drafts', 'Sound'],
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
    label: 'Gemini Omni Flash',
    description: 'Google’s successor of Veo in the Gemini API. Can be stopped on the way.',
    badges: ['Sound', 'Can be stopped'],
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
  {
    id: 'kling-3',
    label: 'Kling 3.0 Turbo',
    description: 'Strong at people and movement.',
    badges: ['Movement'],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...usual, aspectRatios: [...aspectRatios] },
    defaults: silentDefaults,
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
    label: 'Wan 2.7',
    description: 'An open model, good at drawn and stylised pictures.',
    badges: ['Stylised'],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...usual, aspectRatios: [...aspectRatios], negativePrompt: true, seed: true },
    defaults: silentDefaults,
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
    label: 'Seedance 2',
    description: 'Several shots in one clip, told in one prompt.',
    badges: ['Several shots'],
    isDemo: false,
    state: 'available',
    replacementId: null,
    supports: { ...usual, aspectRatios: [...aspectRatios], firstFrame: true, lastFrame: true },
    defaults: silentDefaults,
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
    label: 'Runway Aleph',
    description: 'Makes over the first five seconds of one of your videos, as the prompt says.',
    badges: ['Video to video'],
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
    defaults: silentDefaults,
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
    id: 'ltx-video',
    label: 'LTX Video',
    description: 'A fast open model, run by SuperDuperAI.',
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
    defaults: silentDefaults,
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
    id: 'sora-2',
    label: 'Sora 2',
    description: 'OpenAI’s model, shut down by its maker.',
    isDemo: false,
    state: 'retired',
    stateSince: '2026-09-24',
    replacementId: 'veo-3.1-fast',
    supports: { ...usual, duration: { min: 10, max: 15, step: 5 }, audio: true },
    defaults: { ...veoDefaults, duration: 10 },
    routes: [
      {
        provider: 'kie',
        model: 'sora-2-text-to-video',
        price: { perSecondUsd: 0, perRunUsd: 0.5 },
        usualSeconds: null,
      },
    ],
  },
  {
    id: 'local-preview',
    label: 'Local preview',
    description: 'Draws a short film from your words on this machine. Demo renderer, no AI.',
    badges: ['Free', 'No key'],
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
]
