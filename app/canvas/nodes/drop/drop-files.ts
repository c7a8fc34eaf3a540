import { newId } from '#lib/ai/api/new-id'
import type { importFile } from '#lib/ai/api/upload-image'
import type { CanvasNode } from '#lib/contract/canvas/canvas'
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

/** Makes a node of each item, side by side from a place; answers their ids. */
export function fromLibrary(doc: CanvasDoc, items: readonly DroppedItem[], at: Point): string[] {
  const nodes = items.map((item, place) =>
    nodeOf(item, { x: at.x + place * (widthPx + gapPx), y: at.y }),
  )
  if (nodes.length > 0) doc.apply(nodes.map((node) => ({ change: 'add', node })))
  return nodes.map(({ id }) => id)
}

function nodeOf({ id, type, width, height }: DroppedItem, { x, y }: Point): CanvasNode {
  const tall = Math.round((widthPx * height) / width) || widthPx
  return {
    kind: type,
    id: newId('node'),
    x: Math.round(x),
    y: Math.round(y),
    width: widthPx,
    height: Math.min(5_000, Math.max(120, tall + roomForWords)),
    groupId: null,
    settings: {},
    versions: [id],
    pinned: null,
  }
}
