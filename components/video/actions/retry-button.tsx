'use client'

import { Button } from '#components/ui/button'
import { formatUsd } from '#components/ui/format.ts'
import type { VideoPrice } from './price.ts'

interface RetryButtonProps {
  /** What that costs now; null where no provider can make it. */
  price?: VideoPrice | null | undefined
  isQuiet?: boolean
  onClick: () => void
}

/** Makes a video again; its label has the current price. */
export function RetryButton({ price, isQuiet = false, onClick }: RetryButtonProps) {
  const mayCostMore = price && price.upToUsd > price.usd
  return (
    <Button
      size="small"
      variant={isQuiet ? 'quiet' : 'outline'}
      title={
        mayCostMore
          ? `Up to ${formatUsd(price.upToUsd)} if another provider has to step in`
          : undefined
      }
      onClick={onClick}
    >
      <span className="tabular-nums">
        {price && price.usd > 0 ? `Retry · ${formatUsd(price.usd)}` : 'Retry'}
      </span>
    </Button>
  )
}
