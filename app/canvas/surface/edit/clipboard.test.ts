import { describe, expect, it } from 'vitest'
import { applyChanges } from '#lib/contract/canvas/apply-changes'
import { copyOf, pasted, readCopied, writeCopied } from './clipboard.ts'
import { testDoc, testEdge, testId, testNode } from './test-canvas.ts'

const group = testNode('group', { x: 100, y: 100 })
const inGroup = testNode('text', { groupId: group.id, x: 10, y: 20 })
const video = testNode('video', { x: 900, y: 0 })
const chat = testNode('chat', { x: 0, y: 900 })
const edge = testEdge(inGroup, video)
const state = testDoc([group, inGroup, video, chat], [edge]).read()
const all = new Set(state.nodes.keys())

/** What is written, changed by hand. */
function tampered(change: (copied: { nodes: object[]; edges: object[] }) => unknown) {
  const copied = JSON.parse(writeCopied(copyOf(all, state)))
  change(copied)
  return JSON.stringify(copied)
}

describe('the clipboard of a canvas', () => {
  it('holds groups with what is in them and the edges between, and is pasted with new ids', () => {
    const copied = readCopied(writeCopied(copyOf(new Set([group.id, video.id]), state)))!
    expect(copied.nodes).toHaveLength(3)
    const changes = pasted(copied, { newId: testId, middle: { x: 5_000, y: 5_000 } })
    const { content, refusal } = applyChanges(state, changes)
    expect(refusal).toBeNull()
    expect(content.nodes.size).toBe(7)
    expect(content.edges.size).toBe(2)
    const copy = [...content.nodes.values()].at(-2)!
    expect(copy).toMatchObject({ x: 10, y: 20, kind: 'text' })
    expect(content.nodes.get(copy.groupId!)?.kind).toBe('group')
  })

  it('takes a node out of its group without moving it', () => {
    const [node] = copyOf(new Set([inGroup.id]), state).nodes
    expect(node).toMatchObject({ groupId: null, x: 110, y: 120 })
  })

  it('gives a copied chat a conversation of its own', () => {
    const [change] = pasted(copyOf(new Set([chat.id]), state), {
      newId: testId,
      middle: { x: 0, y: 0 },
    })
    const copy = change?.change === 'add' ? change.node : undefined
    expect(copy?.kind === 'chat' && copy.chatId).not.toBe(chat.kind === 'chat' && chat.chatId)
  })

  it.each<[string, string]>([
    ['plain words', 'photofinishCanvas is a word'],
    ['another kind of node', tampered(({ nodes }) => Object.assign(nodes[0]!, { kind: 'script' }))],
    ['a field we do not write', tampered(({ nodes }) => Object.assign(nodes[0]!, { html: '<b>' }))],
    ['a place off the sheet', tampered(({ nodes }) => Object.assign(nodes[0]!, { x: 1e300 }))],
    ['an id twice', tampered(({ nodes }) => nodes.push(nodes[0]!))],
    ['an edge to a node that is not there', tampered(({ nodes }) => nodes.splice(1, 1))],
    ['a circle', tampered(({ edges }) => edges.push(testEdge(video, inGroup)))],
    ['a node in no group of it', tampered(({ nodes }) => nodes.splice(0, 1))],
    [
      'a group in a group',
      tampered(({ nodes }) => Object.assign(nodes[0]!, { groupId: group.id })),
    ],
    ['no nodes', tampered((copied) => Object.assign(copied, { nodes: [], edges: [] }))],
    ['another version', tampered((copied) => Object.assign(copied, { photofinishCanvas: 2 }))],
    [
      'too many nodes',
      tampered(({ nodes }) => nodes.push(...Array.from({ length: 501 }, () => testNode('note')))),
    ],
    ['too long a text', `${' '.repeat(4_000_001)}photofinishCanvas`],
    ['half of it', writeCopied(copyOf(all, state)).slice(0, -20)],
    ['a list', '["photofinishCanvas"]'],
  ])('takes nothing of %s', (_, text) => {
    expect(readCopied(text)).toBeNull()
  })

  it('takes no prototype along', () => {
    const text = writeCopied(copyOf(new Set([video.id]), state)).replace(
      '"settings":{}',
      '"settings":{"__proto__":{"isAdmin":true}}',
    )
    const [node] = readCopied(text)?.nodes ?? []
    const settings = node?.kind === 'video' ? node.settings : {}
    expect((settings as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })
})
