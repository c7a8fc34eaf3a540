'use client'

import type { ModelView } from '#lib/contract/model-view'
import { formatUsd } from '../../../../components/video/format-figures.ts'
import type { Quote } from './quote.ts'

interface CostLineProps {
  model: ModelView
  quote: Quote | string
}

/** Who makes it and why, and what it may come to; or why nobody does. Nothing for what is free anyway. */
export function CostLine({ model, quote }: CostLineProps) {
  const style = 'mb-3 text-tiny text-pretty tabular-nums'
  if (typeof quote === 'string')
    return model.isEnabled ? <p className={`${style} text-signal-ink`}>{quote}</p> : null
  if (model.isDemo) return null
  return (
    <p id="cost-line" className={`${style} text-soft`}>
      {quote.reason}
      {quote.upToUsd > quote.usd &&
        ` Up to ${formatUsd(quote.upToUsd)} if another provider has to step in.`}
    </p>
  )
}
