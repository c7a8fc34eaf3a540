import { placeOf, placesOf } from '#lib/contract/canvas/free-place'
import { useReactFlow } from '@xyflow/react'
import { useEffect, useState } from 'react'
import { showToast } from '#components/ui/toast/show-toast'
import { useModels } from '#lib/ai/api/reads/use-models'
import type { Sentence } from '#lib/messages/message'
import type { Editor, EditorNow } from './editor.ts'
import type { FlowEdge, FlowNode } from './shape/flow-elements.ts'
import { around, middleOf } from './shape/places.ts'
import { isInSight, sightOf } from './shape/sight.ts'
import { distanceAt } from './use-distance.ts'

interface EditorOptions extends Pick<Editor, 'history' | 'openMenu'> {
  say: (sentence: Sentence) => string
  announceText: (text: string) => void
}

/** What a canvas is worked on with; the same object as long as it is open. */
export function useCanvasEditor({ history, openMenu, say, announceText }: EditorOptions) {
  const flow = useReactFlow<FlowNode, FlowEdge>()
  const [editor] = useState(() => createEditor({ history, flow, openMenu }))
  const { models: video } = useModels()
  const { models: image } = useModels('image')
  useEffect(() => editor.update({ say, announceText, video, image }))
  return editor
}

const before: EditorNow = {
  say: () => '',
  announceText: () => {},
  video: [],
  image: [],
  select: () => {},
  at: null,
  openRun: () => {},
}

type Parts = Pick<Editor, 'history' | 'flow' | 'openMenu'>

function createEditor(parts: Parts): Editor {
  const { history, flow } = parts
  let now = before
  const editor: Editor = {
    ...parts,
    doc: history.doc,
    update: (next) => {
      now = { ...now, ...next }
    },
    select: (ids) => now.select(ids),
    modelsFor: ({ kind }) => (kind === 'image' ? now.image : now.video),
    announce: (sentence) => now.announceText(now.say(sentence)),
    refuse: (why) => {
      showToast({ kind: 'info', title: why, id: 'canvas-refused' })
      editor.announce(why)
    },
    run: (scope) => now.openRun(scope),
    tell: (done) => {
      showToast({ kind: 'success', title: done })
      editor.announce(done)
    },
    goTo: (id) => goTo(id, editor),
    fit: () => fit(editor),
    middle: () => {
      const { x = 0, y = 0, width = 0, height = 0 } = board()?.getBoundingClientRect() ?? {}
      return flow.screenToFlowPosition({ x: x + width / 2, y: y + height / 2 })
    },
    pointer: () => now.at && flow.screenToFlowPosition(now.at),
  }
  return editor
}

/** The element that holds the canvas. */
function board() {
  return document.querySelector<HTMLElement>('#canvas .react-flow')
}

/** Brings all nodes into sight. Those that are not drawn count, too: the library's own fit leaves them out. */
function fit({ history, flow }: Editor) {
  const { nodes } = history.doc.read()
  const bounds = around(placesOf(nodes))
  const element = board()
  if (!bounds || !element) return
  const { clientWidth: width, clientHeight: height } = element
  void flow.setViewport(sightOf(bounds, { width, height }))
}

/** What is looked for is wanted to be read. */
const nearZoom = 0.75

function goTo(id: string, { history, flow, select }: Editor) {
  const { nodes } = history.doc.read()
  const node = nodes.get(id)
  const element = board()
  if (!node || !element) return
  select(new Set([id]))
  const place = placeOf(node, nodes)
  const { x, y } = middleOf(place)
  const { clientWidth: width, clientHeight: height } = element
  const isSeen = isInSight(place, flow.getViewport(), { width, height })
  const zoom = flow.getZoom()
  const isNear = distanceAt(zoom) === 'near'
  if (!isSeen || !isNear) void flow.setCenter(x, y, { zoom: isNear ? zoom : nearZoom })
  focusSoon(id, element)
}

const framesAtMost = 20

/** As soon as it is drawn. */
function focusSoon(id: string, board: HTMLElement, frames = 0) {
  const node = board.querySelector<HTMLElement>(`.react-flow__node[data-id="${id}"]`)
  if (node) node.focus({ preventScroll: true })
  else if (frames < framesAtMost) requestAnimationFrame(() => focusSoon(id, board, frames + 1))
}
