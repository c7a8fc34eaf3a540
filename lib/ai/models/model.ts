import type { Sentence } from '#lib/messages/message'
import type { ModelSupports, ModelView, Price } from '#lib/contract/model-view'

/** One provider's way of making a model, as the catalogue keeps it. */
export interface Route {
  /** Key of the provider registry. */
  provider: string
  /** The provider's own name of the model. */
  model: string
  price: Price
  /** Where it can do less or more than the model's own list says. */
  supports?: Partial<ModelSupports>
  /** How long it usually takes before this installation has runs of its own to go by; null if unknown. */
  usualSeconds: number | null
  /** On only where this variable is set too, since the provider itself no longer serves it. */
  needsVariable?: 'GEMINI_BASE_URL'
}

type Derived =
  | 'isEnabled'
  | 'unavailableReason'
  | 'routes'
  | 'price'
  | 'supports'
  | 'usualSeconds'
  | 'stateSince'
  | 'badges'

/** A model of the catalogue: what the user sees of it, and the providers that make it. */
export interface Model extends Omit<ModelView, Derived> {
  badges?: Sentence[]
  /** ISO date; given with `deprecated` and `retired`. */
  stateSince?: string
  supports: ModelSupports
  routes: readonly Route[]
  /** After so many minutes a generation counts as delayed; it goes on. Default 30. */
  deadlineMinutes?: number
}
