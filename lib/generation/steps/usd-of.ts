import { costOf } from '#lib/contract/choose-route'
import { findRoute } from '../../ai/models/find-model.ts'
import type { FileRow } from '../../files/file-row.ts'

/** What a video costs at the provider that makes it, in dollars, by the catalogue's price. */
export function usdOf({ model, provider, duration, estimatedUsd }: FileRow) {
  const price = findRoute(model, provider)?.price
  return price ? costOf(price, duration) : estimatedUsd
}
