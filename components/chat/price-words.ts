import { formatUsd } from '#components/ui/format.ts'
import type { VideoPrice } from '#components/video/actions/price.ts'

/** What a click may cost, in full: "$0.40", "$0.40, at most $1.20". */
export function priceWords({ usd, upToUsd }: VideoPrice) {
  return upToUsd > usd ? `${formatUsd(usd)}, at most ${formatUsd(upToUsd)}` : formatUsd(usd)
}
