import { expect, test } from 'vitest'
import { continuedBy, familyOf } from './family.ts'
import type { LineageNode, LineageRole, LineageView } from './library.ts'

const node = (id: string, differences: Partial<LineageNode> = {}): LineageNode => ({
  id,
  isThere: true,
  type: 'video',
  source: 'video',
  status: 'completed',
  title: id,
  url: null,
  posterUrl: null,
  isTrashed: false,
  createdAt: null,
  ...differences,
})
const edge = (parentId: string, childId: string, role: LineageRole = 'source') => ({
  parentId,
  childId,
  role,
  place: 0,
})

const next: LineageView = {
  id: 'next',
  nodes: [
    node('first'),
    node('frame', { type: 'image', source: 'edit' }),
    node('next'),
    node('cut'),
  ],
  edges: [edge('first', 'frame'), edge('frame', 'next', 'firstFrame'), edge('next', 'cut')],
  isCut: false,
}

test('a family is told from an item in both directions', () => {
  const { from, to } = familyOf(next)
  expect(from).toMatchObject([{ node: { id: 'frame' }, kin: [{ node: { id: 'first' }, kin: [] }] }])
  expect(to).toMatchObject([{ node: { id: 'cut' }, kin: [] }])
})

test('one joined twice is told once, and a circle comes to an end', () => {
  const edges = [
    edge('first', 'next'),
    { ...edge('first', 'next'), place: 1 },
    edge('next', 'first'),
  ]
  expect(familyOf({ ...next, edges }).from).toMatchObject([{ node: { id: 'first' }, kin: [] }])
})

test('a video continues the one whose frame it begins with', () => {
  expect(continuedBy(next)).toBe('first')
  expect(continuedBy({ ...next, id: 'cut' })).toBeUndefined()
  const gone = next.nodes.map((one) => (one.id === 'first' ? { ...one, isThere: false } : one))
  expect(continuedBy({ ...next, nodes: gone })).toBeUndefined()
})
