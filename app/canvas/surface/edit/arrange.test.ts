import { placeOf } from '#lib/contract/canvas/free-place'
import { describe, expect, it } from 'vitest'
import type { CanvasNode } from '#lib/contract/canvas/canvas'
import { neighbour } from '../shape/places.ts'
import { align, distribute } from './arrange.ts'
import { dropped, groupUp, ungroup } from './grouping.ts'
import { layOut } from './lay-out.ts'
import { testDoc, testEdge, testId, testNode } from './test-canvas.ts'

const at = (x: number, y: number, width = 100, height = 100) =>
  testNode('note', { x, y, width, height })

function apply(nodes: CanvasNode[], changes: Parameters<ReturnType<typeof testDoc>['apply']>[0]) {
  const doc = testDoc(nodes)
  doc.apply(changes)
  expect(doc.read().refusal).toBeNull()
  return doc.read().nodes
}

const stateOf = (nodes: CanvasNode[]) => testDoc(nodes).read().nodes
const idsOf = (nodes: readonly CanvasNode[]) => new Set(nodes.map(({ id }) => id))

describe('arranging', () => {
  it.each([
    ['left', { x: 0 }, { x: 0 }],
    ['center', { x: 150 }, { x: 100 }],
    ['right', { x: 300 }, { x: 200 }],
    ['bottom', { y: 100 }, { y: 100 }],
  ] as const)('aligns at the %s', (edge, first, second) => {
    const nodes = [at(0, 0), at(200, 100, 200)]
    const after = apply(nodes, align(idsOf(nodes), edge, stateOf(nodes)))
    expect(nodes.map(({ id }) => after.get(id))).toMatchObject([first, second])
  })

  it('aligns one of a group with one outside by their places on the canvas', () => {
    const group = testNode('group', { x: 1_000, y: 0 })
    const inside = testNode('text', { groupId: group.id, x: 50, y: 50 })
    const outside = at(0, 0)
    const nodes = [group, inside, outside]
    const after = apply(nodes, align(idsOf([inside, outside]), 'left', stateOf(nodes)))
    expect(placeOf(after.get(inside.id)!, after).x).toBe(0)
  })

  it('makes gaps equal, and leaves two as they are', () => {
    const nodes = [at(0, 0), at(110, 0, 200), at(900, 0)]
    const after = apply(nodes, distribute(idsOf(nodes), 'across', stateOf(nodes)))
    expect(nodes.map(({ id }) => after.get(id)!.x)).toEqual([0, 400, 900])
    expect(distribute(idsOf(nodes.slice(1)), 'across', stateOf(nodes))).toEqual([])
  })

  it('groups without moving anything, and ungroups the same way', () => {
    const nodes = [at(0, 0), at(300, 200)]
    const id = testId('node')
    const doc = testDoc(nodes)
    doc.apply(groupUp(idsOf(nodes), doc.read().nodes, { id, name: '' }))
    const grouped = doc.read().nodes
    expect(nodes.map((node) => placeOf(grouped.get(node.id)!, grouped).x)).toEqual([0, 300])
    expect(grouped.get(nodes[0]!.id)?.groupId).toBe(id)
    doc.apply(ungroup(new Set([id]), doc.read().nodes))
    expect(doc.read().nodes).toEqual(stateOf(nodes))
    expect(groupUp(new Set(), doc.read().nodes, { id, name: '' })).toEqual([])
  })

  it('puts what is dropped over a group into it, and takes out what is dropped outside', () => {
    const group = testNode('group', { x: 0, y: 0, width: 500, height: 500 })
    const node = at(600, 0)
    const nodes = [group, node]
    const into = apply(
      nodes,
      dropped([{ id: node.id, position: { x: 50, y: 60 } }], stateOf(nodes)),
    )
    expect(into.get(node.id)).toMatchObject({ groupId: group.id, x: 50, y: 60 })
    const out = apply(
      [...into.values()],
      dropped([{ id: node.id, position: { x: 700, y: 0 } }], into),
    )
    expect(out.get(node.id)).toMatchObject({ groupId: null, x: 700, y: 0 })
  })

  it('lays out from left to right as nodes follow each other, over none of them', async () => {
    const nodes = [at(0, 0), at(0, 0), at(0, 0), at(0, 0)]
    const [a, b, c] = nodes as [CanvasNode, CanvasNode, CanvasNode]
    const edges = [testEdge(a, b), testEdge(b, c)].map((edge) => [edge.id, edge] as const)
    const state = { nodes: stateOf(nodes), edges: new Map(edges) }
    const after = apply(nodes, await layOut(idsOf(nodes), state))
    const xs = [a, b, c].map(({ id }) => after.get(id)!.x)
    expect(xs).toEqual(xs.toSorted((one, other) => one - other))
    const places = new Set([...after.values()].map(({ x, y }) => `${x} ${y}`))
    expect(places.size).toBe(4)
  })

  it('finds the nearest in a direction, and prefers what lies straight', () => {
    const [from, straight, aslant, behind] = [at(0, 0), at(400, 0), at(200, 300), at(-200, 0)]
    const nodes = [from, straight, aslant, behind]
    expect(neighbour(from, 'right', nodes, stateOf(nodes))).toBe(straight)
    expect(neighbour(from, 'left', nodes, stateOf(nodes))).toBe(behind)
    expect(neighbour(from, 'up', nodes, stateOf(nodes))).toBeUndefined()
  })
})
