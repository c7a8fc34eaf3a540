import { expect, test } from 'vitest'
import type { FlowEdge, FlowNode } from './flow-elements.ts'
import { type Elements, mountedOf } from './mounting.ts'

const nodes = ['a', 'b', 'c', 'd'].map((id) => ({ id, position: { x: 0, y: 0 } }) as FlowNode)
const edges = ['ab', 'cd'].map((id): FlowEdge => ({ id, source: id[0]!, target: id[1]! }))
const all: Elements = { nodes, edges }
const shown = ({ nodes: some }: Elements) => some.filter((one) => !one.hidden).map(({ id }) => id)

test('elements have their turn: nodes in order, then edges', () => {
  expect(shown(mountedOf(all, 2, new Set()))).toEqual(['a', 'b'])
  expect(mountedOf(all, 2, new Set()).edges).toEqual([])
  expect(shown(mountedOf(all, 5, new Set()))).toEqual(['a', 'b', 'c', 'd'])
  expect(mountedOf(all, 5, new Set()).edges).toEqual([edges[0]])
})

test('a node that is wanted has its turn at once, and all are known from the begin', () => {
  const mounted = mountedOf(all, 1, new Set(['d']))
  expect(shown(mounted)).toEqual(['a', 'd'])
  expect(mounted.nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
})

test('what has not changed is not drawn again', () => {
  const [before, now] = [mountedOf(all, 1, new Set()), mountedOf(all, 2, new Set())]
  expect(now.nodes[0]).toBe(before.nodes[0])
  expect(now.nodes[3]).toBe(before.nodes[3])
  expect(mountedOf(all, 6, new Set())).toEqual(all)
})
