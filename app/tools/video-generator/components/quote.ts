import type { ModelView } from '#lib/contract/model-view'
import { formatUsd } from '../../../../components/video/format-figures.ts'

/** What a video will cost, in dollars. */
export function quoteUsd({ price }: ModelView, seconds: number) {
  return price.perRunUsd + price.perSecondUsd * seconds
}

/** What a model charges, without a length: `free`, `$0.10 a second`, `$0.40 a video`. */
export function rateWords({ price: { perRunUsd, perSecondUsd } }: ModelView) {
  const parts = [
    perRunUsd && `${formatUsd(perRunUsd)} a video`,
    perSecondUsd && `${formatUsd(perSecondUsd)} a second`,
  ]
  return parts.filter(Boolean).join(' and ') || 'free'
}
