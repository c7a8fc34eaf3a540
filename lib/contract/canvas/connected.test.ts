import { expect, test } from 'vitest'
import type { CanvasEdge, CanvasEdgeRole, CanvasNode, NodeOf } from './canvas.ts'
import { connectedTo, contextLimits } from './connected.ts'

const box = { x: 0, y: 0, width: 100, height: 100, groupId: null }
const chat: NodeOf<'chat'> = { kind: 'chat', id: 'chat', ...box, chatId: 'chat_1', hidden: [] }

function graph(ids: string[], ways: [string, string, CanvasEdgeRole?][]) {
  const texts = ids.map((id): [string, CanvasNode] => [id, { kind: 'text', id, ...box, text: id }])
  const edges = ways.map(([source, target, role = 'context'], order): CanvasEdge => ({
    id: `edge${order}`,
    source,
    target,
    role,
    order,
  }))
  return { nodes: new Map<string, CanvasNode>([['chat', chat], ...texts]), edges }
}

const seenBy = (node: NodeOf<'chat'>, ...of: Parameters<typeof graph>) =>
  connectedTo(node, graph(...of)).map(({ id }) => id)

test('what leads into a chat is read with what that is made of, the nearest first', () => {
  const ways: Parameters<typeof graph>[1] = [
    ['a', 'chat'],
    ['b', 'a', 'prompt'],
    ['c', 'chat'],
  ]
  expect(seenBy(chat, ['a', 'b', 'c', 'd'], ways)).toEqual(['a', 'c', 'b'])
})

test('what it made is read; what another chat made is not read as that chat', () => {
  expect(seenBy(chat, ['film'], [['chat', 'film', 'made']])).toEqual(['film'])
  expect(
    seenBy(
      chat,
      ['film', 'other'],
      [
        ['film', 'chat'],
        ['other', 'film', 'made'],
      ],
    ),
  ).toEqual(['film'])
})

test('what is hidden is not read, nor what only it leads to', () => {
  const hiding = { ...chat, hidden: ['a'] }
  const ways: Parameters<typeof graph>[1] = [
    ['a', 'chat'],
    ['b', 'a'],
    ['c', 'a'],
    ['c', 'chat'],
  ]
  expect(seenBy(hiding, ['a', 'b', 'c'], ways)).toEqual(['c'])
})

test('a circle ends, and so do a long chain and a crowd', () => {
  expect(
    seenBy(
      chat,
      ['a', 'b'],
      [
        ['a', 'chat'],
        ['b', 'a'],
        ['a', 'b'],
      ],
    ),
  ).toEqual(['a', 'b'])
  const chain = Array.from({ length: 20 }, (_, place) => `n${place}`)
  const links = chain.map((id, place): [string, string] => [id, chain[place - 1] ?? 'chat'])
  expect(seenBy(chat, chain, links)).toHaveLength(contextLimits.steps)
  const crowd = Array.from({ length: 60 }, (_, place) => `n${place}`)
  expect(
    seenBy(
      chat,
      crowd,
      crowd.map((id) => [id, 'chat']),
    ),
  ).toHaveLength(contextLimits.nodes)
})
