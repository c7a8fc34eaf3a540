'use client'

import { ScissorsIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button, IconButton } from '#components/ui/button'
import { lazyPart } from '#components/ui/lazy-part'
import type { FileView } from '#lib/contract/file-view'
import type { UploadView } from '#lib/contract/library/library'
import { useDialog } from '../../hooks/use-dialog.ts'
import { type EditedFilm, editedFilm } from './edited-film.ts'

// Large, and needed by few: loaded when first opened.
const EditorDialog = lazyPart(() => import('./editor-dialog.tsx').then((file) => file.EditorDialog))

interface EditButtonProps {
  view: FileView | UploadView
  isLabelled?: boolean
}

/** Opens the editor of a finished video; nothing where there is none. */
export function EditButton({ view, isLabelled = false }: EditButtonProps) {
  const t = useTranslations('edits')
  const editing = useDialog<EditedFilm>()
  const film = editedFilm(view)
  if (!film) return null
  const open = () => editing.open(film)
  return (
    <>
      {isLabelled ? (
        <Button size="small" variant="quiet" onClick={open}>
          <ScissorsIcon />
          <span>{t('open')}</span>
        </Button>
      ) : (
        <IconButton label={t('open')} onClick={open}>
          <ScissorsIcon />
        </IconButton>
      )}
      {editing.subject && (
        <EditorDialog film={editing.subject} isOpen={editing.isOpen} onClose={editing.close} />
      )}
    </>
  )
}
