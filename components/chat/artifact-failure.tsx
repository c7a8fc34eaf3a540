'use client'

import { FailureNotice } from '#components/video/failure/failure-notice'
import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { FileView } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { otherModels } from '#components/video/actions/make-again.ts'
import { versionPrice } from './version-price.ts'
import { versionRequest } from './version-request.ts'

interface ArtifactFailureProps {
  view: FileView
  models: readonly ModelView[]
  onMake: (request: NewVersionRequest) => void
  onCheck: (fileId: string) => Promise<void>
}

/** Why a video of the conversation failed, and the ways on, each at the price it costs now. */
export function ArtifactFailure({ view, models, onMake, onCheck }: ArtifactFailureProps) {
  const price = versionPrice(view, models)
  const offers = otherModels(view, models)
  const retryWith = (model: string) => {
    const usd = offers.find(({ id }) => id === model)?.usd
    onMake(versionRequest(view, usd === undefined ? null : { usd, upToUsd: usd }, { model }))
  }
  return (
    <FailureNotice
      view={view}
      offers={offers}
      price={price}
      onCheck={onCheck}
      onRetry={() => onMake(versionRequest(view, price))}
      onRetryWith={(_fileId, model) => retryWith(model)}
    />
  )
}
