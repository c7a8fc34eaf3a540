import { newId } from '#lib/ai/api/new-id'
import type { CanvasChange, CanvasNodeKind } from '#lib/contract/canvas/canvas'
import { freeNear, placesOf } from '#lib/contract/canvas/free-place'
import { message } from '#lib/messages/message'
import { type DroppedItem, fromLibrary, widthOf } from '../../nodes/drop/drop-files.ts'
import { type Editor, selectionOf } from '../editor.ts'
import type { Point } from '../shape/places.ts'
import { copyOf, pasted, readCopied, writeCopied } from './clipboard.ts'
import { groupUp, ungroup } from './grouping.ts'
import { layOut } from './lay-out.ts'
import { newNode } from './new-node.ts'

/** A little away from what they are copies of. */
const copyOffset = 32
const ids = { node: () => newId('node'), chat: () => newId('chat') }

/** A new node, its middle at a place or as near to that as nothing is yet. */
export function addNode(editor: Editor, kind: CanvasNodeKind, middle: Point, text = '') {
  const made = newNode(kind, middle, ids)
  const placed = { ...made, ...freeNear(made, placesOf(editor.doc.read().nodes)) }
  const node = 'text' in placed ? { ...placed, text } : placed
  editor.doc.apply([{ change: 'add', node }])
  editor.announce(message(`canvas.added.${kind}`))
  editor.goTo(node.id)
}

/** Things of the library become nodes around a place, over no others, and are selected. */
export function placeItems(editor: Editor, items: readonly DroppedItem[], place: Point | null) {
  const { x, y } = place ?? editor.middle()
  const added = fromLibrary(editor.doc, items, { x: x - widthOf(items.length) / 2, y })
  const [first] = added
  if (!first) return
  editor.goTo(first)
  editor.select(new Set(added))
  editor.announce(message('canvas.said.pasted', { count: added.length }))
}

/** Selected nodes and edges; the edges of a node go with it. */
export function removeSelected(editor: Editor) {
  const { nodes, edges } = selectionOf(editor)
  const free = [...edges].filter((id) => {
    const edge = editor.doc.read().edges.get(id)
    return edge && !nodes.has(edge.source) && !nodes.has(edge.target)
  })
  const gone = [...free, ...nodes]
  if (gone.length === 0) return
  editor.doc.apply(gone.map((id): CanvasChange => ({ change: 'remove', id })))
  editor.announce(message('canvas.said.removed', { count: gone.length }))
}

/** What is selected, as text for a clipboard; null where nothing is. */
export function copySelected(editor: Editor): string | null {
  const copied = copyOf(selectionOf(editor).nodes, editor.doc.read())
  if (copied.nodes.length === 0) return null
  editor.announce(message('canvas.said.copied', { count: copied.nodes.length }))
  return writeCopied(copied)
}

/** Nodes out of a clipboard; of any other text, a node of it. */
export function pasteText(editor: Editor, text: string) {
  const middle = editor.pointer() ?? editor.middle()
  const copied = readCopied(text)
  if (copied) addCopies(editor, pasted(copied, { newId, middle }))
  else if (text.includes('"photofinishCanvas"')) editor.refuse(message('canvas.refused.clipboard'))
  else if (text.trim()) addNode(editor, 'text', middle, text.slice(0, 20_000))
}

export function duplicateSelected(editor: Editor) {
  const { flow, doc } = editor
  const chosen = selectionOf(editor).nodes
  const copied = copyOf(chosen, doc.read())
  if (copied.nodes.length === 0) return
  const { x, y, width, height } = flow.getNodesBounds([...chosen])
  const middle = { x: x + width / 2 + copyOffset, y: y + height / 2 + copyOffset }
  addCopies(editor, pasted(copied, { newId, middle }))
}

function addCopies(editor: Editor, changes: CanvasChange[]) {
  editor.doc.apply(changes)
  const added = changes.flatMap((one) => (one.change === 'add' && one.node ? [one.node] : []))
  editor.select(new Set(added.filter(({ groupId }) => groupId === null).map(({ id }) => id)))
  editor.announce(message('canvas.said.pasted', { count: added.length }))
}

export function selectAll(editor: Editor) {
  const { nodes } = editor.doc.read()
  editor.select(new Set(nodes.keys()))
  editor.announce(message('canvas.said.selected', { count: nodes.size }))
}

export function groupSelected(editor: Editor) {
  const id = newId('node')
  const changes = groupUp(selectionOf(editor).nodes, editor.doc.read().nodes, { id, name: '' })
  if (changes.length === 0) return
  editor.doc.apply(changes)
  editor.announce(message('canvas.said.grouped', { count: changes.length - 1 }))
  editor.goTo(id)
}

export function ungroupSelected(editor: Editor) {
  const { nodes } = editor.doc.read()
  const selected = selectionOf(editor).nodes
  // One of a group stands for its group.
  const groups = [...selected].flatMap((id) => nodes.get(id)?.groupId ?? id)
  editor.doc.apply(ungroup(new Set(groups), nodes))
}

/** What is selected, or all. */
export async function layOutSelected(editor: Editor) {
  const selected = selectionOf(editor).nodes
  const state = editor.doc.read()
  const changes = await layOut(selected.size > 1 ? selected : new Set(state.nodes.keys()), state)
  editor.doc.apply(changes)
  editor.announce(message('canvas.said.laidOut', { count: changes.length }))
  editor.fit()
}
