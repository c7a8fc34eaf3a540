import { hasFields } from './has-fields.ts'
import type { AspectRatio, Resolution } from './video-format.ts'

/** What a model is, can do and costs, as the form and `GET /api/models` show it. */
export interface ModelView {
  id: string
  label: string
  /** One sentence under the name. */
  description: string
  /** True for the local renderer: its clips are never passed off as AI output. */
  isDemo: boolean
  state: 'available' | 'deprecated' | 'retired'
  /** The model to offer in its place once it is deprecated or retired. */
  replacementId: string | null
  /** False where no provider of it is switched on; `unavailableReason` then says what turns it on. */
  isEnabled: boolean
  unavailableReason: string | null
  supports: {
    aspectRatios: AspectRatio[]
    resolutions: Resolution[]
    /** Seconds, both ends included, in steps of `step`. */
    duration: { min: number; max: number; step: number }
    seed: boolean
    negativePrompt: boolean
    audio: boolean
    cancel: boolean
  }
  defaults: {
    aspectRatio: AspectRatio
    resolution: Resolution
    duration: number
    generateAudio: boolean
  }
  /** Dollars; zero means free. */
  price: { perSecondUsd: number; perRunUsd: number }
}

/** `GET /api/models`. */
export interface ModelsAnswer {
  models: ModelView[]
}

export function isModelsAnswer(value: unknown): value is ModelsAnswer {
  return hasFields(value, { models: 'object' }) && Array.isArray((value as ModelsAnswer).models)
}
