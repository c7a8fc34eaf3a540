import { newId } from '#lib/ai/api/new-id'
import type { importFile } from '#lib/ai/api/upload-image'
import type { CanvasNode } from '#lib/contract/canvas/canvas'
import { freeBelow, placesOf } from '#lib/contract/canvas/free-place'
import { loadPart } from '#lib/contract/problem'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'

interface Point {
  x: number
  y: number
}

/** What a node is made of: an upload, or a generation. */
export interface DroppedItem {
  id: string
  type: 'image' | 'video'
  width: number
  height: number
}

const widthPx = 320
const gapPx = 40
/** Nodes of one row. */
const columns = 4
const roomForWords = 60

/**
 * Takes files into the library and makes a node of each, from a place to the right. One that is not taken stops none of
 * the others; rejects with the `ProblemError` of the first that was not.
 */
export async function dropFiles(
  doc: CanvasDoc,
  files: readonly File[],
  at: Point,
  send?: typeof importFile,
) {
  const load = async () => (await loadPart(import('#lib/ai/api/upload-image'))).importFile
  const upload = send ?? (await load())
  const sent = await Promise.allSettled(files.map((file) => upload(file, { onProgress: () => {} })))
  const taken = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const ids = fromLibrary(doc, taken, at)
  const failed = sent.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return ids
}

/**
 * Makes a node of each item, in rows from a place to the right and down; where something is there, as far below as nothing
 * is. Answers their ids.
 */
export function fromLibrary(doc: CanvasDoc, items: readonly DroppedItem[], at: Point): string[] {
  const laid = inRows(items.map((item) => nodeOf(item)))
  const height = Math.max(0, ...laid.map((node) => node.y + node.height))
  const y = freeBelow({ ...at, width: widthOf(items.length), height }, placesOf(doc.read().nodes))
  const nodes = laid.map((node) => ({
    ...node,
    x: Math.round(node.x + at.x),
    y: Math.round(node.y + y),
  }))
  if (nodes.length > 0) doc.apply(nodes.map((node) => ({ change: 'add', node })))
  return nodes.map(({ id }) => id)
}

/** How wide some of them are together, side by side. */
export function widthOf(count: number) {
  return Math.min(count, columns) * (widthPx + gapPx) - gapPx
}

/** Side by side, the tallest of a row says where the next begins. */
function inRows(nodes: readonly CanvasNode[]) {
  let y = 0
  return nodes.map((node, place) => {
    const column = place % columns
    if (column === 0 && place > 0)
      y += Math.max(...nodes.slice(place - columns, place).map(({ height }) => height)) + gapPx
    return { ...node, x: column * (widthPx + gapPx), y }
  })
}

function nodeOf({ id, type, width, height }: DroppedItem): CanvasNode {
  const tall = Math.round((widthPx * height) / width) || widthPx
  return {
    kind: type,
    id: newId('node'),
    x: 0,
    y: 0,
    width: widthPx,
    height: Math.min(5_000, Math.max(120, tall + roomForWords)),
    groupId: null,
    settings: {},
    versions: [id],
    pinned: null,
  }
}
