import type { ModelView } from '#lib/contract/model-view'

/** A model of the catalogue: what the user sees of it, and the provider that makes it. */
export interface Model extends Omit<ModelView, 'isEnabled' | 'unavailableReason'> {
  route: {
    /** Key of the provider registry. */
    provider: string
    /** The provider's own name of the model. */
    model: string
    /** How long the model usually takes before this installation has runs of its own to go by; null if unknown. */
    usualSeconds: number | null
  }
}
