'use client'

import { ReactFlowProvider } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { useState, useSyncExternalStore } from 'react'
import { buttonStyle } from '#components/ui/button'
import type { CanvasView } from '#lib/contract/canvas/canvas'
import { openCanvasDoc } from '#lib/delivery/canvas/open-canvas'
import { PageLink } from '../../page-link.tsx'
import { Board } from './board.tsx'
import { createHistory } from './edit/history.ts'

/** A canvas, opened. */
export function Surface({ canvasId, sent }: { canvasId: string; sent: CanvasView | null }) {
  const [history] = useState(() => createHistory(openCanvasDoc(canvasId, sent)))
  const { doc } = history
  const { isMissing } = useSyncExternalStore(doc.subscribe, doc.read, doc.read)
  if (isMissing) return <Missing />
  return (
    <ReactFlowProvider>
      <Board history={history} />
    </ReactFlowProvider>
  )
}

function Missing() {
  const t = useTranslations('canvas')
  const says = useTranslations('canvasList')('error.notFound')
  return (
    <div className="m-auto p-6">
      <div className="max-w-prose space-y-6 border-l-2 border-signal py-2 pl-8">
        <p role="alert">{says}</p>
        <PageLink href="/canvas" className={buttonStyle({ variant: 'outline' })}>
          {t('all')}
        </PageLink>
      </div>
    </div>
  )
}
