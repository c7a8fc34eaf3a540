'use client'

import { PlayIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { lazyPart } from '#components/ui/lazy-part'
import { message } from '#lib/messages/message'
import { useDialog } from '../../hooks/use-dialog.ts'
import { type RunScope, madeAmong, selectionOf, useEditor } from '../surface/editor.ts'

const RunDialog = lazyPart(() => import('./run-dialog.tsx').then((module) => module.RunDialog))

interface Asked {
  /** The media nodes that are selected. */
  selected: readonly string[]
  scope: RunScope
}

/** Opens the plan of a run: by its button of what is selected, or of all; by commands, of what these say. */
export function RunControls({ nameOf }: { nameOf: (id: string) => string }) {
  const t = useTranslations('canvasRun')
  const editor = useEditor()
  const dialog = useDialog<Asked>()
  const { open } = dialog
  const openRun = (scope: RunScope) => {
    const selected = madeAmong(editor, selectionOf(editor).nodes)
    if (scope !== 'all' && selected.length === 0) editor.refuse(message('canvasRun.chooseMade'))
    else open({ selected, scope })
  }
  useEffect(() => editor.update({ openRun }))
  const openSelected = () =>
    openRun(madeAmong(editor, selectionOf(editor).nodes).length > 0 ? 'these' : 'all')
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={openSelected}>
        <PlayIcon aria-hidden="true" />
        <span>{t('run')}</span>
      </Button>
      <CardBoundary className="m-4">
        {dialog.subject && (
          <RunDialog
            doc={editor.doc}
            {...dialog.subject}
            nameOf={nameOf}
            isOpen={dialog.isOpen}
            onClose={dialog.close}
          />
        )}
      </CardBoundary>
    </>
  )
}
