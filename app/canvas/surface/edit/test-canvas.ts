import type { CanvasChange, CanvasNode, CanvasNodeKind } from '#lib/contract/canvas/canvas'
import { memoryDoc } from './test-doc.ts'
import { newNode } from './new-node.ts'

let count = 0

export function testId(prefix: 'node' | 'edge' | 'chat') {
  count += 1
  return `${prefix}_${String(count).padStart(24, '0')}`
}

export function testNode(kind: CanvasNodeKind, fields: Partial<CanvasNode> = {}): CanvasNode {
  const ids = { node: () => testId('node'), chat: () => testId('chat') }
  return { ...newNode(kind, { x: 0, y: 0 }, ids), ...fields } as CanvasNode
}

export function testEdge(source: CanvasNode, target: CanvasNode, role = 'prompt' as const) {
  return { id: testId('edge'), source: source.id, target: target.id, role, order: 0 }
}

/** A canvas of some nodes and edges. */
export function testDoc(
  nodes: readonly CanvasNode[],
  edges: readonly ReturnType<typeof testEdge>[] = [],
) {
  return memoryDoc('canvas_test', [
    ...nodes.map((node): CanvasChange => ({ change: 'add', node })),
    ...edges.map((edge): CanvasChange => ({ change: 'add', edge })),
  ])
}
