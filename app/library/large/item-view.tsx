'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { IconButton } from '#components/ui/button'
import { ChevronLeftIcon, ChevronRightIcon } from 'lucide-react'
import { lazyPart } from '#components/ui/lazy-part'
import type { FileView } from '#lib/contract/file-view'
import { useFile } from '#lib/delivery/use-file'
import { LargeView } from '../../tools/studio/history/large-view.tsx'
import { type TemplateDraft, draftOfFile } from '../../tools/studio/templates/composer-template.ts'
import { useDialog } from '../../hooks/use-dialog.ts'
import { useSay } from '#lib/messages/use-say'
import { message } from '#lib/messages/message'
import type { ItemViewProps } from './item-view-props.ts'
import { UnfinishedView } from './unfinished-view.tsx'
import { UploadDialog } from './upload-dialog.tsx'

const ShareDialog = lazyPart(() =>
  import('../../tools/studio/share/share-dialog.tsx').then((file) => file.ShareDialog),
)

const SavedTemplate = lazyPart(() =>
  import('../../tools/studio/templates/saved-template.tsx').then((file) => file.SavedTemplate),
)

/** One item, as large as the window allows, with everything known about it. Arrows lead to the next one. */
export function ItemView(props: ItemViewProps) {
  const { item, isOpen, onPrevious, onNext } = props
  useArrows(isOpen, onPrevious, onNext)
  const steps = <Steps onPrevious={onPrevious} onNext={onNext} />
  if (item.upload) return <UploadDialog {...props} upload={item.upload} steps={steps} />
  return <GenerationView {...props} steps={steps} />
}

function GenerationView({ steps, ...props }: ItemViewProps & { steps: ReactNode }) {
  const { item, isOpen, onReuse, onTrash, announce, onClose } = props
  const { file: read } = useFile(item.id, item.view)
  // The one before stays until the next one is read: a dialog that closes and opens would flicker.
  const [last, setLast] = useState<FileView>()
  if (read && read !== last) setLast(read)
  const file = read ?? last
  const sharing = useDialog<FileView>()
  const saving = useDialog<TemplateDraft>()
  const say = useSay()
  if (!file) return null
  if (file.status !== 'completed')
    return <UnfinishedView view={file} steps={steps} {...props} announce={announce} />
  const handlers = {
    onReuse,
    onDelete: (view: FileView) => view.id === item.id && onTrash(item),
    startsFrom: (view: FileView) => [
      ...(view.kind === 'edit'
        ? []
        : [
            {
              label: say(message('templates.saveAs')),
              onSelect: () => saving.open(draftOfFile(view)),
            },
          ]),
      ...(view.type === 'video'
        ? [{ label: say(message('share.menu')), onSelect: () => sharing.open(view) }]
        : []),
    ],
  }
  return (
    <>
      <LargeView view={file} isOpen={isOpen} handlers={handlers} onClose={onClose}>
        {steps}
      </LargeView>
      {sharing.subject && (
        <ShareDialog view={sharing.subject} isOpen={sharing.isOpen} onClose={sharing.close} />
      )}
      {saving.subject && (
        <SavedTemplate
          draft={saving.subject}
          isOpen={saving.isOpen}
          announce={announce}
          onClose={saving.close}
        />
      )}
    </>
  )
}

function Steps({ onPrevious, onNext }: Pick<ItemViewProps, 'onPrevious' | 'onNext'>) {
  const t = useTranslations('library')
  return (
    <div className="mb-4 flex gap-1">
      <IconButton label={t('previous')} aria-disabled={!onPrevious} onClick={() => onPrevious?.()}>
        <ChevronLeftIcon />
      </IconButton>
      <IconButton label={t('next')} aria-disabled={!onNext} onClick={() => onNext?.()}>
        <ChevronRightIcon />
      </IconButton>
    </div>
  )
}

/** What has arrows of its own keeps them: a player, a field, a menu. */
const withArrows = 'media-controller, video, input, select, textarea, [role=menu], [role=slider]'

function useArrows(
  isOpen: boolean,
  onPrevious: (() => void) | undefined,
  onNext: (() => void) | undefined,
) {
  const step = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    if (event.target instanceof Element && event.target.closest(withArrows)) return
    if (event.key === 'ArrowLeft') onPrevious?.()
    if (event.key === 'ArrowRight') onNext?.()
  })
  useEffect(() => {
    if (!isOpen) return undefined
    const listen = (event: KeyboardEvent) => step(event)
    // Before the dialog, which keeps arrows to itself.
    document.addEventListener('keydown', listen, { capture: true })
    return () => document.removeEventListener('keydown', listen, { capture: true })
  }, [isOpen])
}
