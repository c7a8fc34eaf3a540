import { message } from '#lib/messages/message'
import type { WorkOrder } from '#lib/contract/generation'
import type { Resolution } from '#lib/contract/model-view'
import type { Model } from './model.ts'
import { usual, usualDefaults } from './usual.ts'

/** What a provider makes of a video of its own. It is found by its id, and offered with such videos only. */
export interface WorkModel extends Model {
  makes: WorkOrder
  /** The model whose price factor holds; null for that of the video. */
  of: string | null
  /** The provider's own names of the models whose jobs it goes on from. */
  makers: readonly string[]
  /** The sizes of the videos it takes. */
  takes: readonly Resolution[]
  /** For how many days the provider keeps what it goes on from. */
  keptDays: number
  /** The longest video it takes, in seconds; null where no limit is known. */
  longestSeconds: number | null
  /** How many seconds an extension adds; as long as the video otherwise. */
  seconds: number | null
}

/** Our name of the model where it extends a video; at Google it is the one that made the video. */
export const omniExtension = 'gemini-omni-1.1-flash:extend'

/** Records and media are kept for 14 days (docs.kie.ai); of the last one nothing is offered that may come too late. */
const kieDays = 13

/** Interactions of the paid tier are kept for 55 days, and a film grows to 30 s at most (ai.google.dev, Gemini Omni). */
const omniDays = 54
const omniSeconds = 30

const work = {
  kind: 'video',
  isDemo: false,
  state: 'available',
  replacementId: null,
  supports: { ...usual, audio: true, sourceVideo: 'required' },
  defaults: { ...usualDefaults, duration: 8, generateAudio: true },
  keptDays: kieDays,
  longestSeconds: null,
} as const

const extension = {
  ...work,
  description: message('work.extendNote'),
  makes: { operation: 'extend', way: 'native' },
  // What comes of a 1080p version cannot be extended; Kie extends the task, which is in 720p.
  takes: ['480p', '720p'],
  seconds: 8,
} as const

const upscale = {
  ...work,
  description: message('work.upscaleNote'),
  of: null,
  makers: ['veo3', 'veo3_fast', 'veo3_lite'],
  seconds: null,
} as const

/**
 * Prices are third parties' of 2026 and unconfirmed: an extension as a video of its lane, 5 credits for 1080p, 120 for 4K
 * (about two videos of the fast lane). Omni's is that of the seconds which are added: Google's list has output by the
 * second, and resellers charge for what is added alone. What was charged is read from the provider wherever it tells.
 */
export const workModels: readonly WorkModel[] = [
  {
    ...extension,
    id: 'veo-3.1-fast-extend',
    label: 'Veo 3.1 Fast Extend',
    of: 'veo-3.1-fast',
    makers: ['veo3_fast', 'veo/extend-fast'],
    routes: [kieRoute('veo/extend-fast', 0.4, 90)],
  },
  {
    ...extension,
    id: 'veo-3.1-extend',
    label: 'Veo 3.1 Extend',
    of: 'veo-3.1',
    makers: ['veo3', 'veo/extend-quality'],
    routes: [kieRoute('veo/extend-quality', 2, 150)],
  },
  {
    ...extension,
    id: 'gemini-omni-extend',
    label: 'Gemini Omni Flash Extend',
    of: 'gemini-omni-flash',
    makers: ['gemini-omni-1.1-flash', omniExtension],
    supports: { ...extension.supports, cancel: true },
    takes: ['480p', '720p', '1080p'],
    keptDays: omniDays,
    longestSeconds: omniSeconds - extension.seconds,
    routes: [
      {
        provider: 'gemini',
        model: omniExtension,
        price: { perSecondUsd: 0.1, perRunUsd: 0 },
        usualSeconds: 60,
      },
    ],
  },
  {
    ...upscale,
    id: 'veo-3.1-1080p',
    label: 'Veo 3.1 in 1080p',
    makes: { operation: 'upscale', to: '1080p' },
    takes: ['480p', '720p'],
    routes: [kieRoute('veo/1080p', 0.025, 120)],
  },
  {
    ...upscale,
    id: 'veo-3.1-4k',
    label: 'Veo 3.1 in 4K',
    makes: { operation: 'upscale', to: '4K' },
    takes: ['480p', '720p', '1080p'],
    deadlineMinutes: 60,
    routes: [kieRoute('veo/4k', 0.6, 450)],
  },
]

function kieRoute(model: string, perRunUsd: number, usualSeconds: number) {
  return { provider: 'kie', model, price: { perSecondUsd: 0, perRunUsd }, usualSeconds }
}
