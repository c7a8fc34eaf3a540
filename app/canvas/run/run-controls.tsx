'use client'

import { useStore } from '@xyflow/react'
import { PlayIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { lazyPart } from '#components/ui/lazy-part'
import { useDialog } from '../../hooks/use-dialog.ts'
import { useEditor } from '../surface/editor.ts'

const RunDialog = lazyPart(() => import('./run-dialog.tsx').then((module) => module.RunDialog))

/** Opens the plan of a run: of the nodes that are selected, or of all. */
export function RunControls({ nameOf }: { nameOf: (id: string) => string }) {
  const t = useTranslations('canvasRun')
  const { doc } = useEditor()
  const selected = useStore(({ nodes }) =>
    nodes
      .filter((node) => node.selected)
      .map(({ id }) => id)
      .join(),
  )
  const dialog = useDialog<readonly string[]>()
  const open = () => {
    const { nodes } = doc.read()
    const isMade = (id: string) => ['image', 'video'].includes(nodes.get(id)?.kind ?? '')
    dialog.open(selected.split(',').filter(isMade))
  }
  return (
    <>
      <Button variant="primary" aria-haspopup="dialog" onClick={open}>
        <PlayIcon aria-hidden="true" />
        <span>{t('run')}</span>
      </Button>
      <CardBoundary className="m-4">
        {dialog.subject && (
          <RunDialog
            doc={doc}
            selected={dialog.subject}
            nameOf={nameOf}
            isOpen={dialog.isOpen}
            onClose={dialog.close}
          />
        )}
      </CardBoundary>
    </>
  )
}
