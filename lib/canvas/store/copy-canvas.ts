import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import type { CanvasEdge, CanvasFile, CanvasNode, CanvasSummary } from '#lib/contract/canvas/canvas'
import { message } from '#lib/messages/message'
import { sayTo } from '#lib/messages/translate'
import { newId } from '../../ids.ts'
import { makeCanvas, summaryOf } from './canvases.ts'
import { readContent } from './elements.ts'
import { findCanvas } from './find-canvas.ts'
import { database } from '../../db/client.ts'

/** A copy of a canvas, with elements and chats of its own; what was made is the same. */
export async function duplicateCanvas(
  ownerId: string,
  id: string,
  headers: Pick<Headers, 'get'>,
): Promise<CanvasSummary> {
  const row = await findCanvas(ownerId, id)
  const name = sayTo(headers, message('canvasList.copyName', { name: row.name })).slice(0, 200)
  const content = withFreshIds(await readContent(database(), id))
  const made = await makeCanvas(ownerId, { name: row.name && name, content })
  return summaryOf(await findCanvas(ownerId, made.id))
}

/** A canvas as a file. */
export async function exportCanvas(ownerId: string, id: string): Promise<CanvasFile> {
  const { name } = await findCanvas(ownerId, id)
  const { nodes, edges } = await readContent(database(), id)
  return { object: 'canvas.file', name, nodes: [...nodes.values()], edges: [...edges.values()] }
}

/** The same canvas under new ids. A conversation belongs to one node: a copy begins a new one. */
export function withFreshIds({ nodes, edges }: CanvasContent): CanvasContent {
  const fresh = new Map([...nodes.keys()].map((id) => [id, newId('node')]))
  const copies = [...nodes.values()].map((node): CanvasNode => {
    const groupId = node.groupId === null ? null : (fresh.get(node.groupId) ?? null)
    const copy = { ...node, id: fresh.get(node.id)!, groupId }
    if (copy.kind !== 'chat') return copy
    return {
      ...copy,
      chatId: newId('chat'),
      hidden: copy.hidden.flatMap((id) => fresh.get(id) ?? []),
    }
  })
  const joined = [...edges.values()].map((edge): CanvasEdge => {
    const [source, target] = [fresh.get(edge.source)!, fresh.get(edge.target)!]
    return { ...edge, id: newId('edge'), source, target }
  })
  return {
    nodes: new Map(copies.map((node) => [node.id, node])),
    edges: new Map(joined.map((edge) => [edge.id, edge])),
  }
}
