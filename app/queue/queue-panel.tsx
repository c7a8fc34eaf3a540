'use client'

import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { Button } from '#components/ui/button'
import { useAnnouncer, LiveRegion } from '#components/ui/live-region'
import { CancelButton, cancelMessage } from '#components/video/actions/cancel-button'
import { RunningLabel } from '#components/video/progress/running-readout'
import { progressEstimate, useNow } from '#components/video/progress/progress-estimate.ts'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { madeKindOf } from '#lib/contract/generation'
import { pageOf } from '#lib/contract/people/notices'
import { cancelFile } from '#lib/delivery/file-actions'
import { useFile } from '#lib/delivery/use-file'
import type { useQueue } from '#lib/delivery/use-queue'
import { useSay } from '#lib/messages/use-say'
import { HeaderPanel } from '../bell/header-panel.tsx'
import { PageLink } from '../page-link.tsx'
import { reportFailure } from '../hooks/report-failure.ts'

export interface QueuePanelProps {
  anchor: RefObject<HTMLElement | null>
  queue: ReturnType<typeof useQueue>
  isOpen: boolean
  onClose: () => void
}

/** Everything that runs or waits: its place, its progress, and what canceling it costs. */
export function QueuePanel({ anchor, queue, isOpen, onClose }: QueuePanelProps) {
  const t = useTranslations('queue')
  return (
    <HeaderPanel title={t('title')} anchor={anchor} isOpen={isOpen} onClose={onClose}>
      <QueueList queue={queue} />
    </HeaderPanel>
  )
}

function QueueList({ queue }: Pick<QueuePanelProps, 'queue'>) {
  const t = useTranslations('queue')
  const say = useSay()
  const [announcement, announce] = useAnnouncer()
  const { views, error, hasMore, reload } = queue
  const cancel = (fileId: string) =>
    reportFailure(
      cancelFile(fileId).then(() => announce(t('canceled'))),
      (says) => announce(say(says)),
    )
  return (
    <>
      {error && (
        <div className="px-4 pb-4 text-sm">
          <p className="text-soft">{say(error.detail)}</p>
          <Button size="small" className="mt-3" onClick={reload}>
            {t('retry')}
          </Button>
        </div>
      )}
      {!error && !views && <p className={noteStyle}>{t('loading')}</p>}
      {views?.length === 0 && <p className={noteStyle}>{t('empty')}</p>}
      {views && views.length > 0 && (
        <ul
          aria-label={t('title')}
          className="min-h-0 overflow-y-auto overscroll-contain px-1 pb-1"
        >
          {views.map((view) => (
            <QueueRow key={view.id} initial={view} onCancel={cancel} />
          ))}
          {hasMore && <li className="px-3 py-2 text-sm text-soft">{t('more')}</li>}
        </ul>
      )}
      <LiveRegion announcement={announcement} />
    </>
  )
}

interface QueueRowProps {
  initial: FileView
  onCancel: (fileId: string) => Promise<void>
}

function QueueRow({ initial, onCancel }: QueueRowProps) {
  const { file: view = initial, gone } = useFile(initial.id, initial)
  const say = useSay()
  const noteId = `queue-${initial.id}`
  if (gone || isFinal(view)) return null
  const isBilled = view.canCancel && view.isBilledAnyway && view.cost.providerUsd > 0
  return (
    <li className="flex items-start gap-2 rounded-sm px-3 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <PageLink href={placeOf(view)} className="block hover:underline">
          <span dir="auto" className="line-clamp-2 wrap-anywhere">
            {view.settings.prompt}
          </span>
        </PageLink>
        <What view={view} />
        <p className="mt-1 font-mono text-tiny text-soft tabular-nums">
          <RunningLabel view={view} />
        </p>
        <Progress view={view} />
        <p id={noteId} className={isBilled ? 'mt-1 text-tiny text-soft' : 'sr-only'}>
          {view.canCancel && say(cancelMessage(view))}
        </p>
      </div>
      <CancelButton view={view} onCancel={onCancel} noteId={noteId} />
    </li>
  )
}

/** What is made of a finished video; its prompt alone does not say it. */
function What({ view }: { view: FileView }) {
  const t = useTranslations()
  const { edit, work } = view.settings
  if (!edit && !work) return null
  return (
    <p className="mt-1 text-tiny text-soft">
      {t('queue.what', {
        kind: madeKindOf(view),
        size: work?.operation === 'upscale' ? work.to : '',
        edit: edit ? t(`edits.operation.${edit.operation}`) : '',
      })}
    </p>
  )
}

/** How far it is, as a hairline; the words above tell the same. */
function Progress({ view }: { view: FileView }) {
  const { percent } = progressEstimate(view, useNow())
  return (
    <span aria-hidden="true" className="mt-1.5 block h-0.5 bg-hairline">
      <span className="block h-full bg-signal" style={{ width: `${percent ?? 0}%` }} />
    </span>
  )
}

/** Where it is shown at work. */
function placeOf({ id, kind, type }: FileView) {
  return kind === 'edit' ? `/library?item=${id}` : pageOf({ type, fileId: id })
}

const noteStyle = 'px-4 pb-4 text-sm text-pretty text-soft'
