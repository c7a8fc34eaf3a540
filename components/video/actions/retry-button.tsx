'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { useFormat } from '#lib/messages/use-say'
import type { VideoPrice } from './price.ts'

interface RetryButtonProps {
  /** What that costs now; null where no provider can make it. */
  price?: VideoPrice | null | undefined
  isQuiet?: boolean
  onClick: () => void
}

/** Makes a video again; its label has the current price. */
export function RetryButton({ price, isQuiet = false, onClick }: RetryButtonProps) {
  const t = useTranslations('card.action')
  const { usd } = useFormat()
  const mayCostMore = price && price.upToUsd > price.usd
  return (
    <Button
      size="small"
      variant={isQuiet ? 'quiet' : 'outline'}
      title={mayCostMore ? t('retryUpTo', { price: usd(price.upToUsd) }) : undefined}
      onClick={onClick}
    >
      <span className="tabular-nums">
        {price && price.usd > 0 ? t('retryFor', { price: usd(price.usd) }) : t('retry')}
      </span>
    </Button>
  )
}
