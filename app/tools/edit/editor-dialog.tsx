'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from '#components/ui/overlay/dialog'
import type { EditOrder } from '#lib/contract/generation'
import type { EditedFilm } from './edited-film.ts'
import { useFrameSeconds } from './film-rate.ts'
import { Panel } from './panels.tsx'
import { Preview } from './preview.tsx'
import { StartEditButton } from './start-edit-button.tsx'
import { type Editor, operations, useEditor } from './use-editor.ts'
import { useSpanPlayer } from './use-span-player.ts'

interface EditorDialogProps {
  film: EditedFilm
  /** What was done before, where that is done again. */
  order?: EditOrder | undefined
  isOpen: boolean
  onClose: () => void
}

/** Edits a finished video: each edit makes a new one, and the video stays as it is. */
export function EditorDialog({ film, order, isOpen, onClose }: EditorDialogProps) {
  const t = useTranslations('edits')
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <Editing film={film} order={order} onClose={onClose} />
    </Dialog>
  )
}

function Editing({ film, order: before, onClose }: Omit<EditorDialogProps, 'isOpen'>) {
  const t = useTranslations('edits')
  const editor = useEditor(film, before)
  const { order, fault } = editor
  const { operation, from, to } = editor.values
  const hasSpan = operation === 'trim' || operation === 'animation'
  const player = useSpanPlayer(hasSpan ? { from, to } : { from: 0, to: film.durationSeconds })
  const { frameSeconds, isRead } = useFrameSeconds(film.url)
  return (
    <div className="grid gap-6 lg:grid-cols-[3fr_2fr] lg:gap-8">
      <Preview film={film} editor={editor} player={player} />
      <div className="min-w-0 space-y-6">
        <OperationChoice film={film} editor={editor} />
        {/* A step by keys is a frame: not before it is known how long one is. */}
        <fieldset disabled={!isRead} className="min-w-0">
          <Panel film={film} editor={editor} player={player} frameSeconds={frameSeconds} />
        </fieldset>
        <div className="space-y-3 border-t border-hairline pt-5">
          <StartEditButton
            label={t(`do.${operation}`)}
            request={{ sources: [film.id], edit: order }}
            fault={fault}
            onStarted={onClose}
          />
        </div>
      </div>
    </div>
  )
}

function OperationChoice({
  film,
  editor: { values, change },
}: {
  film: EditedFilm
  editor: Editor
}) {
  const t = useTranslations('edits')
  const offered = operations.filter((operation) => operation !== 'mute' || film.hasSound)
  return (
    <fieldset role="radiogroup" aria-label={t('what')} className="flex flex-wrap gap-2">
      {offered.map((operation) => (
        <label
          key={operation}
          className="relative flex min-h-9 items-center rounded-md border border-hairline px-3 text-sm text-soft hover:text-ink has-checked:border-signal has-checked:font-medium has-checked:text-ink touch:min-h-11 forced-colors:has-checked:border-[Highlight]"
        >
          <input
            type="radio"
            name="edit-operation"
            value={operation}
            checked={operation === values.operation}
            onChange={() => change({ operation })}
            className="absolute inset-0 appearance-none rounded-[inherit]"
          />
          <span>{t(`operation.${operation}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
