'use client'

import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { ModelView } from '#lib/contract/model-view'
import { otherModels } from '#components/video/actions/make-again.ts'
import { priceWords } from './price-words.ts'
import { versionPrice } from './version-price.ts'
import { versionRequest } from './version-request.ts'

interface AgainButtonProps {
  view: FileView
  /** Empty until they are known; nothing is made before. */
  models: readonly ModelView[]
  onMake: (request: NewVersionRequest) => void
}

/** Makes a video again at the price that is written on it; where its model cannot, the best other one. */
export function AgainButton({ view, models, onMake }: AgainButtonProps) {
  const own = versionPrice(view, models)
  const [offer] = own ? [] : otherModels(view, models)
  const price = own ?? (offer ? { usd: offer.usd, upToUsd: offer.usd } : null)
  const make = () => onMake(versionRequest(view, price, offer && { model: offer.id }))
  return (
    <Button size="small" className="mr-1" disabled={!price} onClick={make}>
      <span className="tabular-nums">
        {offer ? `Make it with ${offer.label}` : 'Make it again'}
        {price && price.upToUsd > 0 && ` · ${priceWords(price)}`}
      </span>
    </Button>
  )
}
