import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { type VideoPrice, priceOf } from '#components/video/actions/price.ts'

/**
 * What a new version costs now, with another prompt or another model where one is given; null where nobody makes it.
 * The video's own limit holds; where it is too low, the price that is shown for the click takes its place.
 */
export function versionPrice(
  { settings }: Pick<FileView, 'settings'>,
  models: readonly ModelView[],
  changes: { prompt?: string; model?: string } = {},
): VideoPrice | null {
  // The seed of a version is drawn anew.
  const wishes = { ...settings, ...changes, seed: null }
  return priceOf(wishes, models) ?? priceOf({ ...wishes, maxUsd: null }, models)
}
