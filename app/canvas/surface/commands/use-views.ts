import type { EdgeMouseHandler, NodeMouseHandler } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { type MouseEvent, useMemo, useState } from 'react'
import { message } from '#lib/messages/message'
import { addNode } from '../edit/actions.ts'
import { type Editor, selectionOf } from '../editor.ts'
import { openEdgeMenu, type Words } from '../edges/edge-menu.ts'
import type { FlowEdge, FlowNode } from '../shape/flow-elements.ts'
import type { Point } from '../shape/places.ts'
import { distanceAt } from '../use-distance.ts'
import { addMenu, contextMenu, type Naming } from './entries.ts'
import type { CommandId } from './keys.ts'
import { runCommand, type Views } from './run-command.ts'

type Shown = 'palette' | 'find' | 'help' | 'library' | null

const isMac = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform)

export type ViewsState = ReturnType<typeof useViews>

/** What is open over the canvas, and what opens it. */
export function useViews(editor: Editor) {
  const t = useTranslations('canvas')
  const [shown, show] = useState<Shown>(null)
  const [hasMinimap, setHasMinimap] = useState(true)
  const [connecting, connectFrom] = useState<string | null>(null)
  const [place, putAt] = useState<Point | null>(null)
  const steady = useMemo(
    () => ({
      close: () => show(null),
      endConnecting: () => connectFrom(null),
      ...openers(editor, t, { show, setHasMinimap, connectFrom, putAt }),
    }),
    [editor, t],
  )
  return { shown, hasMinimap, connecting, place, ...steady }
}

interface Setters {
  show: (shown: Shown) => void
  setHasMinimap: (change: (before: boolean) => boolean) => void
  connectFrom: (id: string) => void
  /** Where on the canvas the library's things go. */
  putAt: (place: Point) => void
}

function openers(editor: Editor, t: Words, setters: Setters) {
  const { show, setHasMinimap, connectFrom, putAt } = setters
  const run = (id: CommandId) => runCommand(id, editor, views)
  const naming: Naming = { t, isMac, run, groupName: (name) => t(`groups.${name}`) }
  const openLibrary = (place = editor.pointer() ?? editor.middle()) => {
    putAt(place)
    show('library')
  }
  const menus = menusOf(editor, naming, openLibrary)
  const views: Views = {
    openAdd: () => menus.openAddAt(windowMiddle(editor), editor.middle()),
    openPalette: () => show('palette'),
    openFind: () => show('find'),
    openHelp: () => show('help'),
    openContextMenu: menus.openMenuHere,
    toggleMinimap: () => setHasMinimap((before) => !before),
    openLibrary: () => openLibrary(),
    beginConnecting: () => beginConnecting(editor, connectFrom),
  }
  return { run, naming, ...menus }
}

/** An edge begins at the one node that is selected, or has the focus. */
function beginConnecting(editor: Editor, begin: (id: string) => void) {
  const focused = document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset['id']
  const [id, ...more] = focused ? [focused] : selectionOf(editor).nodes
  if (id && more.length === 0) begin(id)
  else editor.refuse(message('canvas.refused.chooseOne'))
}

function menusOf(editor: Editor, naming: Naming, openLibrary: (place: Point) => void) {
  const { t } = naming
  const openContext = (at: Point) => editor.openMenu(contextMenu(editor, at, naming))
  const openAddAt = (at: Point, place = editor.flow.screenToFlowPosition(at)) => {
    const add: Parameters<typeof addMenu>[1]['add'] = (kind) => addNode(editor, kind, place)
    editor.openMenu(addMenu(at, { add, addFromLibrary: () => openLibrary(place) }, naming))
  }
  const openEdge = (id: string, at: Point) => {
    const edge = editor.doc.read().edges.get(id)
    if (edge) openEdgeMenu(editor, edge, at, t)
  }
  const openNode = (id: string, at: Point) => {
    if (!selectionOf(editor).nodes.has(id)) editor.select(new Set([id]))
    // Once it is selected.
    setTimeout(() => openContext(at))
  }
  const openMenuAt = (target: Element, at: Point) => {
    const found = target.closest<HTMLElement>('.react-flow__node, .react-flow__edge')
    const id = found?.dataset['id']
    if (id && found.matches('.react-flow__edge')) openEdge(id, at)
    else if (id) openNode(id, at)
    else if (target.closest('.react-flow__nodesselection')) openContext(at)
    else if (target.closest('.react-flow__pane')) openAddAt(at)
  }
  const onNodeMenu: NodeMouseHandler<FlowNode> = (event, { id }) => {
    if (event.target instanceof Element && event.target.closest('input, textarea')) return
    openNode(id, stopped(event))
  }
  const onEdgeMenu: EdgeMouseHandler<FlowEdge> = (event, { id }) => openEdge(id, stopped(event))
  return {
    openMenuAt,
    openAddAt,
    openMenuHere: () => openHere(editor, { openEdge, openNode, openContext }),
    onNodeMenu,
    onEdgeMenu,
    onSelectionMenu: (event: MouseEvent) => openContext(stopped(event)),
    // A finger that rests is told of twice by some phones: both open the same.
    onPaneMenu: (event: MouseEvent | globalThis.MouseEvent) =>
      (isByFinger(event) ? openAddAt : openContext)(stopped(event)),
    onMore: ({ left, top }: DOMRect) => openContext({ x: left, y: top }),
    onAdd: ({ left, top }: DOMRect) => openAddAt({ x: left, y: top }, editor.middle()),
    onDoubleClick: ({ target, clientX: x, clientY: y }: MouseEvent) => {
      if (!(target instanceof Element)) return
      const node = target.closest<HTMLElement>('.react-flow__node')?.dataset['id']
      if (target.matches('.react-flow__pane')) openAddAt({ x, y })
      else if (node && distanceAt(editor.flow.getZoom()) !== 'near') editor.goTo(node)
    },
  }
}

type Opens = Record<'openEdge' | 'openNode', (id: string, at: Point) => void> & {
  openContext: (at: Point) => void
}

/** The menu of what has the focus. */
function openHere(editor: Editor, { openEdge, openNode, openContext }: Opens) {
  const focused = document.activeElement?.closest<HTMLElement>(
    '.react-flow__node, .react-flow__edge',
  )
  const id = focused?.dataset['id']
  if (!id) return openContext(windowMiddle(editor))
  const { left, top, width, height } = focused.getBoundingClientRect()
  const at = { x: left + width / 2, y: top + height / 2 }
  return focused.matches('.react-flow__edge') ? openEdge(id, at) : openNode(id, at)
}

function windowMiddle(editor: Editor) {
  return editor.flow.flowToScreenPosition(editor.middle())
}

function isByFinger(event: MouseEvent | globalThis.MouseEvent) {
  const native = 'nativeEvent' in event ? event.nativeEvent : event
  return native instanceof PointerEvent && native.pointerType === 'touch'
}

function stopped(event: MouseEvent | globalThis.MouseEvent): Point {
  event.preventDefault()
  return { x: event.clientX, y: event.clientY }
}
