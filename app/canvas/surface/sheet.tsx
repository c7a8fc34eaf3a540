'use client'

import '@xyflow/react/dist/base.css'
import './surface.css'
import { Background, BackgroundVariant, MiniMap, ReactFlow, ViewportPortal } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { CanvasNodeView } from './canvas-node-view.tsx'
import type { ViewsState } from './commands/use-views.ts'
import { RoleEdge } from './edges/role-edge.tsx'
import { useEdgeDrag } from './edges/use-edge-drag.ts'
import type { Editor } from './editor.ts'
import type { NamesOf } from './shape/flow-elements.ts'
import { useFlowElements } from './shape/use-flow-elements.ts'
import { Outline } from './outline.tsx'
import { useMounting } from './shape/use-mounting.ts'
import { zooms } from './shape/sight.ts'
import {
  DistanceProvider,
  EdgeWordsProvider,
  useCanvasDistance,
  useCanvasEdgeWords,
} from './use-distance.ts'
import { useFlowWords } from './use-names.ts'

/** What never changes: an object of its own for each drawing would draw everything again. */
const steady = {
  nodeTypes: { canvas: CanvasNodeView },
  edgeTypes: { role: RoleEdge },
  proOptions: { hideAttribution: true },
  minZoom: zooms.least,
  maxZoom: zooms.most,
  panOnScroll: true,
  zoomOnDoubleClick: false,
  deleteKeyCode: null,
  multiSelectionKeyCode: ['Meta', 'Control'],
  connectionRadius: 28,
  onlyRenderVisibleElements: true,
}

interface SheetProps {
  editor: Editor
  names: NamesOf
  views: Pick<
    ViewsState,
    'hasMinimap' | 'onNodeMenu' | 'onEdgeMenu' | 'onSelectionMenu' | 'onPaneMenu'
  >
}

/** The nodes and edges themselves, moved and zoomed. */
export function Sheet({ editor, names, views }: SheetProps) {
  const { select, nodes, edges, ...changing } = useFlowElements(editor.doc, names)
  const { mounted, isDone, pointing } = useMounting(editor, { nodes, edges })
  const drawing = useEdgeDrag(editor)
  const words = useFlowWords()
  const distance = useCanvasDistance()
  const hasEdgeWords = useCanvasEdgeWords()
  useEffect(() => editor.update({ select }), [editor, select])
  useFirstFit(editor)
  return (
    <DistanceProvider value={distance}>
      <EdgeWordsProvider value={hasEdgeWords}>
        <ReactFlow
          {...steady}
          {...mounted}
          {...changing}
          {...drawing}
          {...pointing}
          ariaLabelConfig={words}
          onNodeContextMenu={views.onNodeMenu}
          onEdgeContextMenu={views.onEdgeMenu}
          onSelectionContextMenu={views.onSelectionMenu}
          onPaneContextMenu={views.onPaneMenu}
        >
          <Background variant={BackgroundVariant.Dots} gap={24} size={1} />
          {!isDone && (
            <ViewportPortal>
              <Outline nodes={editor.doc.read().nodes} />
            </ViewportPortal>
          )}
          {views.hasMinimap && isDone && (
            <MiniMap pannable zoomable className="max-sm:hidden" nodeBorderRadius={8} />
          )}
        </ReactFlow>
        {nodes.length === 0 && editor.doc.read().version > 0 && <EmptyHint />}
      </EdgeWordsProvider>
    </DistanceProvider>
  )
}

/** Once what the canvas holds is there, all of it is in sight. */
function useFirstFit({ doc, fit }: Editor) {
  useEffect(() => {
    const isRead = () => doc.read().version > 0
    if (isRead()) return fit()
    const end = doc.subscribe(() => {
      if (!isRead()) return
      end()
      fit()
    })
    return end
  }, [doc, fit])
}

function EmptyHint() {
  const t = useTranslations('canvas')
  return (
    <p className="pointer-events-none absolute inset-0 flex items-center justify-center px-8 pb-24 text-center text-sm text-balance text-soft">
      <span className="touch:hidden">{t('emptyHint')}</span>
      <span className="hidden touch:inline">{t('emptyHintTouch')}</span>
    </p>
  )
}
