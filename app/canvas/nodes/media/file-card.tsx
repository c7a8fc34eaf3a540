'use client'

import { Maximize2Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { lazyPart } from '#components/ui/lazy-part'
import { RunningActions } from '#components/video/actions/running-actions'
import { otherModels, priceAgain } from '#components/video/actions/make-again.ts'
import { DownloadLink } from '#components/video/actions/video-actions'
import { GoneNotice } from '#components/video/failure/gone-notice'
import { withSeenDelivery } from '#components/video/progress/signal-lanes'
import { VideoCard } from '#components/video/video-card'
import { useModels } from '#lib/ai/api/reads/use-models'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { cancelFile, checkFile, resubmitFile } from '#lib/delivery/file-actions'
import { useFile } from '#lib/delivery/use-file'
import { useSay } from '#lib/messages/use-say'
import { reportFailure } from '../../../hooks/report-failure.ts'
import { useDialog } from '../../../hooks/use-dialog.ts'
import { useEditor } from '../../surface/editor.ts'
import type { BodyProps } from '../body-props.ts'
import { makeVersion } from './make-version.ts'

const FailureBrief = lazyPart(() =>
  import('#components/video/failure/failure-brief').then((file) => file.FailureBrief),
)
const LargeFile = lazyPart(() => import('./large-file.tsx').then((file) => file.LargeFile))

interface FileCardProps extends BodyProps<MediaNode> {
  fileId: string
  onPrompt: () => void
}

/** The card of a generation as everywhere, playing in place; all it shows is the file's own state. */
export function FileCard(props: FileCardProps) {
  const { fileId, node } = props
  const t = useTranslations('canvasNodes')
  const say = useSay()
  const { file, error, signs, gone } = useFile(fileId)
  const large = useDialog<FileView>()
  if (gone)
    return <GoneNotice reason={gone} fileId={fileId} prompt={promptOf(node)} kind={node.kind} />
  if (!file)
    return (
      <p className="m-auto p-3 text-sm text-soft">{error ? say(error.detail) : t('loading')}</p>
    )
  const view = withSeenDelivery(file, signs)
  return (
    <div
      style={{ '--card-height': `${frameHeight(node, view)}px` } as React.CSSProperties}
      className="flex flex-col items-center"
    >
      <VideoCard view={view} onOpen={large.open} playsHere>
        <div className="nodrag ml-2">
          <Actions {...props} view={view} onOpen={() => large.open(view)} />
        </div>
      </VideoCard>
      {large.subject && (
        <CardBoundary>
          <LargeFile view={view} isOpen={large.isOpen} onClose={large.close} />
        </CardBoundary>
      )}
    </div>
  )
}

function promptOf({ settings }: MediaNode) {
  return typeof settings.prompt === 'string' ? settings.prompt : ''
}

const roomForWords = 190
const lowest = 96

/** The picture fits into the node, with its words below. */
function frameHeight({ width, height }: MediaNode, view: FileView) {
  const ratio = view.width / view.height || 1
  return Math.round(Math.max(lowest, Math.min(height - roomForWords, (width - 24) / ratio)))
}

interface ActionsProps extends FileCardProps {
  view: FileView
  onOpen: () => void
}

/** What can be done with it in its state. Making it again is a new version of the node. */
function Actions({ view, node, doc, onOpen }: ActionsProps) {
  const t = useTranslations('canvasNodes')
  const { announce } = useEditor()
  const { models } = useModels(view.type)
  const run = (action: Promise<unknown>) => reportFailure(action, announce)
  const again = (settings: MediaNode['settings'] = {}) =>
    void run(makeVersion(doc, node, { ...node.settings, ...settings }))
  const acts = {
    onCheck: (id: string) => run(checkFile(id)),
    onCancel: (id: string) => run(cancelFile(id)),
    onResubmit: (id: string) => run(resubmitFile(id)),
  }
  if (!isFinal(view)) return <RunningActions view={view} {...acts} isCompact />
  return (
    <div className="flex flex-wrap items-center gap-x-0.5">
      {view.status !== 'completed' && (
        <FailureBrief
          view={view}
          offers={otherModels(view, models)}
          price={priceAgain(view, models)}
          onRetry={() => again()}
          onRetryWith={(_id, model) => again({ model })}
          onCheck={acts.onCheck}
        />
      )}
      {view.url && <DownloadLink view={view} url={view.url} isLabelled={false} />}
      <IconButton label={t('open')} onClick={onOpen}>
        <Maximize2Icon />
      </IconButton>
    </div>
  )
}
