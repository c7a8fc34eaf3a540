'use client'

import { ClapperboardIcon, Maximize2Icon, Trash2Icon, Undo2Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { buttonStyle } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/button'
import { DownloadLink } from '#components/video/actions/video-actions'
import { FailureNotice } from '#components/video/failure/failure-notice'
import { RunningActions } from '#components/video/actions/running-actions'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { NewVersionRequest } from '#lib/contract/chat'
import { type FileView, isFinal } from '#lib/contract/file-view'
import type { ModelView } from '#lib/contract/model-view'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { animatePath, canAnimate } from '#components/video/actions/animate-path.ts'
import { otherModels } from '#components/video/actions/make-again.ts'
import { formLink } from './form-link.ts'
import type { VideoPrice } from '#components/video/actions/price.ts'
import { priceLabel, versionPrice, versionRequest } from './versions.ts'

export interface ArtifactActionsProps {
  view: FileView
  /** The models as they can be used right now; empty until they are known. */
  models: readonly ModelView[]
  /** Absent where it is large already. */
  onOpen?: () => void
  onCheck: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
  onResubmit: (fileId: string) => Promise<void>
  /** Starts a new version; what it may cost has been shown. */
  onMake: (request: NewVersionRequest) => void
  onDelete: (view: FileView) => void
}

/** What can be done with a video of the conversation, in its state. */
export function ArtifactActions(props: ArtifactActionsProps) {
  const { view, models, onOpen, onCheck, onCancel, onResubmit, onMake, onDelete } = props
  const t = useTranslations('chat.video')
  const animate = useTranslations('images')('animate')
  const isLarge = !onOpen
  return (
    <div className="space-y-3">
      {!isFinal(view) && (
        <RunningActions
          view={view}
          onCheck={onCheck}
          onCancel={onCancel}
          onResubmit={onResubmit}
          isCompact={!isLarge}
        />
      )}
      {view.status === 'failed' && (
        <ArtifactFailure view={view} models={models} onMake={onMake} onCheck={onCheck} />
      )}
      <div className="flex flex-wrap items-center gap-1">
        {onOpen && (
          <Button size="small" onClick={onOpen} className="mr-1">
            <Maximize2Icon />
            <span>{t('open')}</span>
          </Button>
        )}
        {view.status === 'canceled' && <AgainButton view={view} models={models} onMake={onMake} />}
        {view.url && <DownloadLink view={view} url={view.url} isLabelled={isLarge} />}
        {isFinal(view) && (
          <PageAction href={formLink(view, models)} label={t('useInForm')} isLabelled={isLarge}>
            <Undo2Icon />
          </PageAction>
        )}
        {canAnimate(view) && (
          <PageAction href={withBasePath(animatePath(view))} label={animate} isLabelled={isLarge}>
            <ClapperboardIcon />
          </PageAction>
        )}
        <CopyButton label={t('copyPrompt')} text={view.settings.prompt} isLabelled={isLarge} />
        {isFinal(view) && <DeleteButton isLabelled={isLarge} onClick={() => onDelete(view)} />}
      </div>
    </div>
  )
}

interface PageActionProps {
  href: string
  label: string
  isLabelled: boolean
  /** The icon. */
  children: ReactNode
}

/** An action that leads to another page. */
function PageAction({ href, label, isLabelled, children }: PageActionProps) {
  return (
    <a
      href={href}
      aria-label={label}
      title={label}
      className={buttonStyle({ variant: 'quiet', size: isLabelled ? 'small' : 'icon' })}
    >
      {children}
      {isLabelled && <span>{label}</span>}
    </a>
  )
}

function DeleteButton({ isLabelled, onClick }: { isLabelled: boolean; onClick: () => void }) {
  const label = useTranslations('chat.video')('delete')
  if (!isLabelled)
    return (
      <IconButton label={label} onClick={onClick}>
        <Trash2Icon />
      </IconButton>
    )
  return (
    <Button size="small" variant="quiet" onClick={onClick}>
      <Trash2Icon />
      <span>{label}</span>
    </Button>
  )
}

interface AgainButtonProps {
  view: FileView
  /** Empty until they are known; nothing is made before. */
  models: readonly ModelView[]
  onMake: (request: NewVersionRequest) => void
}

/** Makes a video again at the price on the button; where its model cannot, with the best other one. */
function AgainButton({ view, models, onMake }: AgainButtonProps) {
  const own = versionPrice(view, models)
  const say = useSay()
  const [offer] = own ? [] : otherModels(view, models)
  const price = own ?? (offer ? { usd: offer.usd, upToUsd: offer.usd } : null)
  const make = () => onMake(versionRequest(view, price, offer && { model: offer.id }))
  return (
    <Button size="small" className="mr-1" disabled={!price} onClick={make}>
      <span className="tabular-nums">{say(againMessage(offer?.label, price))}</span>
    </Button>
  )
}

function againMessage(model: Sentence | undefined, cost: VideoPrice | null): MessageRef {
  if (!cost?.upToUsd)
    return model ? message('chat.video.againWith', { model }) : message('chat.video.again')
  const price = priceLabel(cost)
  return model
    ? message('chat.video.againWithPriced', { model, price })
    : message('chat.video.againPriced', { price })
}

interface ArtifactFailureProps {
  view: FileView
  models: readonly ModelView[]
  onMake: (request: NewVersionRequest) => void
  onCheck: (fileId: string) => Promise<void>
}

/** Why a video of the conversation failed, and the ways on, each at the price it costs now. */
function ArtifactFailure({ view, models, onMake, onCheck }: ArtifactFailureProps) {
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
