'use client'

import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { LiveRegion, useAnnouncer } from '#components/ui/live-region'
import { showToast } from '#components/ui/toast/show-toast'
import { useSay } from '#lib/messages/use-say'
import { RunControls } from '../run/run-controls.tsx'
import { NameBar } from './bars/name-bar.tsx'
import { Toolbar } from './bars/toolbar.tsx'
import { SurfaceMenu } from './commands/surface-menu.tsx'
import { dropsOn, useKeys } from './commands/use-keys.ts'
import { useLongPress } from './commands/use-long-press.ts'
import { useViews } from './commands/use-views.ts'
import { ViewParts } from './commands/view-parts.tsx'
import type { History } from './edit/history.ts'
import { ConnectBar } from './edges/connect-bar.tsx'
import { type Editor, EditorProvider, type OpenMenu } from './editor.ts'
import { Sheet } from './sheet.tsx'
import { useCanvasEditor } from './use-canvas-editor.ts'
import { useNames } from './use-names.ts'

interface BoardProps {
  history: History
}

/** A canvas, and what is done on it. A node that is moved draws the sheet again, and nothing else. */
export function Board({ history }: BoardProps) {
  const { doc } = history
  const board = useRef<HTMLDivElement>(null)
  const say = useSay()
  const names = useNames(doc)
  const [announcement, announceText] = useAnnouncer()
  const [menu, openMenu] = useState<OpenMenu | null>(null)
  const editor = useCanvasEditor({ history, openMenu, say, announceText })
  const views = useViews(editor)
  const { connecting, run, endConnecting } = views
  useKeys(editor, run)
  useLongPress(board, views.openMenuAt)
  useRefusals(editor)
  return (
    <EditorProvider value={editor}>
      <NameBar doc={doc}>
        <RunControls nameOf={names.ofId} />
      </NameBar>
      <div
        ref={board}
        className="relative min-h-0 flex-1"
        onDoubleClick={views.onDoubleClick}
        onPointerMove={({ clientX: x, clientY: y }) => editor.update({ at: { x, y } })}
        onPointerLeave={() => editor.update({ at: null })}
        {...dropsOn(editor)}
      >
        <Sheet editor={editor} names={names} views={views} />
        {connecting && (
          <ConnectBar
            key={connecting}
            from={connecting}
            nameOf={names.ofId}
            onEnd={endConnecting}
          />
        )}
        <Toolbar run={run} onMore={views.onMore} onAdd={views.onAdd} />
      </div>
      <SurfaceMenu menu={menu} onClose={() => openMenu(null)} />
      <ViewParts views={views} editor={editor} nameOf={names.ofId} />
      <LiveRegion announcement={announcement} />
    </EditorProvider>
  )
}

/** Says why the server took a change back. */
function useRefusals({ history: { doc }, announce }: Editor) {
  const { refusal } = useSyncExternalStore(doc.subscribe, doc.read, doc.read)
  useEffect(() => {
    if (!refusal) return
    showToast({ kind: 'error', title: refusal, id: 'canvas-refusal' })
    announce(refusal)
  }, [refusal, announce])
}
