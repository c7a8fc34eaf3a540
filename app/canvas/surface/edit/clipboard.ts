import { placeOf } from '#lib/contract/canvas/free-place'
import * as z from 'zod/mini'
import { applyChanges } from '#lib/contract/canvas/apply-changes'
import {
  type CanvasChange,
  type CanvasEdge,
  canvasEdgeSchema,
  canvasLimits,
  type CanvasNode,
  canvasNodeSchema,
} from '#lib/contract/canvas/canvas'
import type { CanvasState } from '#lib/delivery/canvas/canvas-doc'
import { around, type Point } from '../shape/places.ts'

type Elements = Pick<CanvasState, 'nodes' | 'edges'>

/** Longer text is not read. */
const longestText = 4_000_000

const copiedSchema = z.strictObject({
  photofinishCanvas: z.literal(1),
  nodes: z.array(canvasNodeSchema).check(z.minLength(1), z.maxLength(canvasLimits.changes)),
  edges: z.array(canvasEdgeSchema).check(z.maxLength(canvasLimits.changes)),
})

export interface Copied {
  nodes: CanvasNode[]
  edges: CanvasEdge[]
}

/** Nodes, what is in the groups among them, and the edges between them; places are those on the canvas. */
export function copyOf(ids: ReadonlySet<string>, { nodes, edges }: Elements): Copied {
  const chosen = [...nodes.values()].filter(
    ({ id, groupId }) => ids.has(id) || (groupId !== null && ids.has(groupId)),
  )
  const inside = new Set(chosen.map(({ id }) => id))
  return {
    nodes: chosen.map((node) => {
      if (node.groupId && inside.has(node.groupId)) return node
      const { x, y } = placeOf(node, nodes)
      return { ...node, x, y, groupId: null }
    }),
    edges: [...edges.values()].filter((one) => inside.has(one.source) && inside.has(one.target)),
  }
}

export function writeCopied(copied: Copied): string {
  return JSON.stringify({ photofinishCanvas: 1, ...copied })
}

/** What a text from the clipboard holds of a canvas; null where it is anything else, or not as we write it. */
export function readCopied(text: string): Copied | null {
  if (text.length > longestText || !text.includes('photofinishCanvas')) return null
  try {
    const { success, data } = z.safeParse(copiedSchema, JSON.parse(text))
    return success && isWhole(data) ? { nodes: data.nodes, edges: data.edges } : null
  } catch {
    return null
  }
}

/** Whether it makes a canvas by itself: each id once, groups in no group, edges between its own nodes and in no circle. */
function isWhole({ nodes, edges }: Copied) {
  const ids = new Set([...nodes, ...edges].map(({ id }) => id))
  const inside = nodes.every(({ groupId }) => groupId === null || ids.has(groupId))
  const empty = { nodes: new Map(), edges: new Map() }
  const { refusal } = applyChanges(empty, adding({ nodes, edges }))
  return inside && refusal === null && ids.size === nodes.length + edges.length
}

/** Groups before what is in them, nodes before their edges. */
function adding({ nodes, edges }: Copied): CanvasChange[] {
  const rank = ({ kind }: CanvasNode) => Number(kind !== 'group')
  return [
    ...nodes
      .toSorted((a, b) => rank(a) - rank(b))
      .map((node) => ({ change: 'add', node }) as const),
    ...edges.map((edge) => ({ change: 'add', edge }) as const),
  ]
}

interface PasteOptions {
  newId: (prefix: 'node' | 'edge' | 'chat') => string
  /** Where the middle of it all comes to. */
  middle: Point
}

/** Adds copies with ids of their own. A copy of a chat is an empty one. */
export function pasted(copied: Copied, { newId, middle }: PasteOptions): CanvasChange[] {
  const names = new Map(copied.nodes.map(({ id }) => [id, newId('node')]))
  const all = new Map(copied.nodes.map((node) => [node.id, node]))
  const frame = around(copied.nodes.map((node) => placeOf(node, all)))!
  const by = {
    x: Math.round(middle.x - frame.x - frame.width / 2),
    y: Math.round(middle.y - frame.y - frame.height / 2),
  }
  const nodes = copied.nodes.map((node): CanvasNode => {
    const groupId = node.groupId && names.get(node.groupId)!
    const place = groupId ? {} : { x: node.x + by.x, y: node.y + by.y }
    const copy = { ...node, ...place, id: names.get(node.id)!, groupId }
    if (copy.kind !== 'chat') return copy
    const hidden = copy.hidden.flatMap((one) => names.get(one) ?? [])
    return { ...copy, chatId: newId('chat'), hidden }
  })
  const edges = copied.edges.map((edge) => ({
    ...edge,
    id: newId('edge'),
    source: names.get(edge.source)!,
    target: names.get(edge.target)!,
  }))
  return adding({ nodes, edges })
}
