'use client'

import { Button } from '#components/ui/button'
import { formatUsd } from './format-figures.ts'

/** Dollars, as of now; null where nobody can make it right now. */
export type RetryPrice = { usd: number; upToUsd: number } | null

interface RetryButtonProps {
  price?: RetryPrice | undefined
  isQuiet?: boolean
  onClick: () => void
}

/** Makes a video again, with what that costs now written on it. */
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
        Retry{price && price.usd > 0 && ` · ${formatUsd(price.usd)}`}
      </span>
    </Button>
  )
}
