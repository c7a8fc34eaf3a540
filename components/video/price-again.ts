import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { type VideoPrice, priceOf } from './price-of.ts'
import { requestAgain } from './settings-again.ts'

/** What a video would cost if it were made again now, with its own model or another one; null where nobody makes it. */
export function priceAgain(
  view: FileView,
  models: readonly ModelView[],
  modelId?: string,
): VideoPrice | null {
  return priceOf(requestAgain(view, models, modelId), models)
}
