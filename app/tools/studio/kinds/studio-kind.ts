import type { RouteWishes } from '#lib/contract/choose-route'
import type { FileView } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import type { ModelView } from '#lib/contract/model-view'
import type { Sentence } from '#lib/messages/message'
import type { ComposerValues } from '../form/composer-values.ts'

/** What decides the price of a start. */
export type Asked = RouteWishes & { variations: number }

/** A fault of a request, at its field. */
export interface Issue {
  path: readonly PropertyKey[]
  message: Sentence
}

/** What differs between the studios: how the form becomes a request, and what checks it. */
export interface StudioKind<Request> {
  makes: MediaType
  /** The form before the models are loaded. */
  initial: ComposerValues
  /** The form as a request, without what the model does not support. */
  toRequest(values: ComposerValues, model: ModelView): Request
  /** What of the form decides the price and the provider. */
  askedOf(values: ComposerValues, model: ModelView): Asked
  /** A request that makes this again. */
  requestOf(view: FileView): Request
  /** The faults that the server would find; its schema is loaded with the first check. */
  check(request: Request, models: ModelView[]): Promise<Issue[]>
}
