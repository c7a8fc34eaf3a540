'use client'

import { clsx } from 'clsx'
import { DownloadIcon, Trash2Icon, Undo2Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button, buttonStyle, IconButton } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import { fileName } from '#lib/contract/text/file-name'
import type { FileView } from '#lib/contract/file-view'

interface VideoActionsProps {
  view: FileView
  onReuse: (view: FileView) => void
  onDelete: (view: FileView) => void
  /** Shows labels beside the icons. */
  isLabelled?: boolean
  /** More things to do, before the last one. */
  children?: ReactNode
}

/** Actions of a finished video: download, reuse settings, copy prompt, delete. */
export function VideoActions(props: VideoActionsProps) {
  const { view, onReuse, onDelete, isLabelled = false, children } = props
  const t = useTranslations('card.action')
  const Action = isLabelled ? LabelledAction : IconButton
  return (
    <div
      className={clsx(
        'flex',
        isLabelled ? 'flex-wrap gap-x-1 gap-y-2' : 'gap-0.5 touch:flex-wrap',
        // Without the framed link in front, the first label aligns with the text above.
        isLabelled && !view.url && '-ml-2.5',
      )}
    >
      {view.url && <DownloadLink view={view} url={view.url} isLabelled={isLabelled} />}
      <Action label={t('reuse')} onClick={() => onReuse(view)}>
        <Undo2Icon />
      </Action>
      <CopyButton label={t('copyPrompt')} text={view.settings.prompt} isLabelled={isLabelled} />
      {children}
      <Action label={t('delete')} onClick={() => onDelete(view)}>
        <Trash2Icon />
      </Action>
    </div>
  )
}

interface LabelledActionProps {
  label: string
  onClick: () => void
  children: ReactNode
}

function LabelledAction({ label, onClick, children }: LabelledActionProps) {
  return (
    <Button size="small" variant="quiet" onClick={onClick}>
      {children}
      <span>{label}</span>
    </Button>
  )
}

interface DownloadLinkProps {
  view: FileView
  url: string
  isLabelled: boolean
}

/** Downloads a video under a name after its prompt. */
export function DownloadLink({ view, url, isLabelled }: DownloadLinkProps) {
  const label = useTranslations('card.action')('download')
  return (
    <a
      href={`${url}?download=1`}
      download={downloadName(view.settings.prompt, url)}
      aria-label={label}
      title={label}
      className={buttonStyle(
        isLabelled ? { variant: 'outline', size: 'small' } : { variant: 'quiet', size: 'icon' },
      )}
    >
      <DownloadIcon />
      {isLabelled && <span>{label}</span>}
    </a>
  )
}

/** A file name after the prompt, in small letters; the extension is the URL's. */
export function downloadName(prompt: string, url: string) {
  return fileName(prompt.toLowerCase(), url.slice(url.lastIndexOf('.')))
}
