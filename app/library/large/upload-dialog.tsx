'use client'

import { DownloadIcon, Trash2Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, buttonStyle } from '#components/ui/button'
import { Tag } from '#components/ui/tag'
import { LargeDialog } from '#components/video/large-dialog'
import type { UploadView } from '#lib/contract/library/library'
import { formatTimecode } from '#lib/messages/format'
import { useFormat } from '#lib/messages/use-say'
import { EditButton } from '../../tools/edit/edit-button.tsx'
import type { ItemViewProps } from './item-view-props.ts'

interface UploadDialogProps extends ItemViewProps {
  upload: UploadView
  steps: ReactNode
}

/** A picture or film that was brought here. */
export function UploadDialog(props: UploadDialogProps) {
  const { item, upload, steps, isOpen, onTrash, onClose } = props
  const t = useTranslations()
  return (
    <LargeDialog
      title={upload.name ?? t('library.untitled')}
      size={upload}
      media={<UploadMedia upload={upload} />}
      steps={steps}
      isOpen={isOpen}
      onClose={onClose}
    >
      <UploadFacts upload={upload} />
      <div className="flex flex-wrap gap-x-1 gap-y-2">
        <a
          href={`${upload.url}?download=1`}
          download={upload.name ?? ''}
          className={buttonStyle({ variant: 'outline', size: 'small' })}
        >
          <DownloadIcon aria-hidden="true" />
          <span>{t('card.action.download')}</span>
        </a>
        <EditButton view={upload} isLabelled />
        <Button size="small" variant="quiet" onClick={() => onTrash(item)}>
          <Trash2Icon aria-hidden="true" />
          <span>{t('card.action.delete')}</span>
        </Button>
      </div>
    </LargeDialog>
  )
}

function UploadMedia({ upload }: { upload: UploadView }) {
  const t = useTranslations('library')
  const { url, posterUrl, name, type, width, height } = upload
  const style = { aspectRatio: `${width} / ${height}` }
  const label = name ?? t('untitled')
  if (type === 'image')
    return (
      // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
      <img src={url} alt={label} style={style} className="w-full rounded-sm bg-film" />
    )
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown
    <video
      src={url}
      poster={posterUrl ?? undefined}
      aria-label={label}
      style={style}
      controls
      playsInline
      preload="metadata"
      className="w-full rounded-sm bg-film"
    />
  )
}

function UploadFacts({ upload }: { upload: UploadView }) {
  const t = useTranslations()
  const { bytes, date } = useFormat()
  const { width, height, durationSeconds, sizeBytes, createdAt, isKept } = upload
  return (
    <div className="space-y-3">
      <Tag>{t('library.source.upload')}</Tag>
      <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm tabular-nums [&>dt]:text-soft">
        <dt>{t('card.fact.format')}</dt>
        <dd>{`${width} × ${height}`}</dd>
        {durationSeconds !== null && (
          <>
            <dt>{t('card.fact.duration')}</dt>
            <dd>{formatTimecode(durationSeconds)}</dd>
          </>
        )}
        <dt>{t('card.fact.file')}</dt>
        <dd>{bytes(sizeBytes)}</dd>
        <dt>{t('library.addedOn')}</dt>
        <dd>{date(createdAt)}</dd>
      </dl>
      {!isKept && <p className="text-sm text-pretty text-soft">{t('library.notKept')}</p>}
    </div>
  )
}
