import {
  type CanvasEdge,
  type CanvasNode,
  type MediaNode,
  canvasLimits,
} from '#lib/contract/canvas/canvas'
import { freePlace, placeOf, placesOf } from '#lib/contract/canvas/free-place'
import type { Transaction } from '../../db/client.ts'
import { newId } from '../../ids.ts'
import { lockChatNode } from '../chat-node.ts'
import { changeIn } from '../store/change-canvas.ts'
import { readContent } from '../store/elements.ts'

/** What a chat has started. */
export interface Made {
  ownerId: string
  /** The chat's public id. */
  chatId: string
  fileId: string
  kind: 'image' | 'video'
  /** The request, as the node keeps it. */
  settings: MediaNode['settings']
}

/**
 * Puts what a chat starts onto its canvas, in the start's transaction: a node right of the chat's, joined to it. The same
 * one twice is one node. Where the chat is on no canvas (any more), nothing is placed, and the start goes on.
 */
export async function placeMade(tx: Transaction, made: Made): Promise<void> {
  const found = await lockChatNode(made, tx)
  if (!found) return
  const row = found.canvas
  const { nodes, edges } = await readContent(tx, row.id)
  // It may have been removed before the lock was had.
  const chat = nodes.get(found.node.id)
  if (chat?.kind !== 'chat') return
  if ([...nodes.values()].some((node) => 'versions' in node && node.versions.includes(made.fileId)))
    return
  if (nodes.size >= canvasLimits.nodes || edges.size >= canvasLimits.edges) return
  const node = nodeOf(made, chat, nodes)
  const isMade = ({ source, role }: CanvasEdge) => source === chat.id && role === 'made'
  const order = [...edges.values()].filter(isMade).length
  const edge: CanvasEdge = {
    id: newId('edge'),
    source: chat.id,
    target: node.id,
    role: 'made',
    order,
  }
  const added = [
    { change: 'add', node },
    { change: 'add', edge },
  ] as const
  await changeIn(tx, row, { changes: added })
}

const sizes = { image: { width: 320, height: 360 }, video: { width: 360, height: 400 } } as const

function nodeOf(
  { kind, fileId, settings }: Made,
  chat: CanvasNode,
  nodes: ReadonlyMap<string, CanvasNode>,
): MediaNode {
  const size = sizes[kind]
  const place = freePlace(placeOf(chat, nodes), size, placesOf(nodes))
  return {
    kind,
    id: newId('node'),
    ...place,
    ...size,
    groupId: null,
    settings,
    versions: [fileId],
    pinned: null,
  }
}
