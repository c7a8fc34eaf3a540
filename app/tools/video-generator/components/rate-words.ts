import type { Price } from '#lib/contract/model-view'
import { formatUsd } from '../../../../components/video/format-figures.ts'

/** What is charged, without a length: `free`, `$0.10 a second`, `$0.40 a video`. */
export function rateWords({ perRunUsd, perSecondUsd }: Price) {
  const parts = [
    perRunUsd && `${formatUsd(perRunUsd)} a video`,
    perSecondUsd && `${formatUsd(perSecondUsd)} a second`,
  ]
  return parts.filter(Boolean).join(' and ') || 'free'
}
