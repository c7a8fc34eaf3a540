import { describe, expect, it } from 'vitest'
import type { CanvasEdgeRole, CanvasNode } from '#lib/contract/canvas/canvas'
import { sayIn } from '#lib/messages/translate'
import { aModelView } from '../../../../tests/support/generations/model-view.ts'
import { testId, testNode } from '../edit/test-canvas.ts'
import { kindsAfter, newEdge, offerBetween, rolesBetween } from './roles.ts'

const plain = aModelView({
  id: 'plain',
  label: 'Plain',
  supports: { firstFrame: true, lastFrame: false, maxReferences: 1, sourceVideo: 'no' },
})
const able = aModelView({
  id: 'able',
  label: 'Able',
  supports: { firstFrame: true, lastFrame: true, maxReferences: 3, sourceVideo: 'no' },
})
const over = aModelView({
  id: 'over',
  label: 'Over',
  supports: { firstFrame: false, lastFrame: false, maxReferences: 0, sourceVideo: 'required' },
})
const off = { ...able, id: 'off', label: 'Off', isEnabled: false }
const models = [plain, off, able, over]
const image = testNode('image')
const other = testNode('image')
const video = testNode('video')

function offer(source: CanvasNode, target: CanvasNode, edges: ReturnType<typeof edgeTo>[] = []) {
  return offerBetween({ source, target, models, edges: new Map(edges.map((one) => [one.id, one])) })
}

function edgeTo(source: CanvasNode, target: CanvasNode, role: CanvasEdgeRole) {
  return newEdge(testId('edge'), { source: source.id, target: target.id, role }, new Map())
}

const why = (source: CanvasNode, target: CanvasNode, edges?: ReturnType<typeof edgeTo>[]) =>
  sayIn('en', offer(source, target, edges).never ?? '')

describe('what an edge is used for', () => {
  it('follows the kinds of both ends', () => {
    expect(rolesBetween('text', 'video')).toEqual(['prompt'])
    expect(rolesBetween('video', 'chat')).toEqual(['context'])
    expect(rolesBetween('note', 'video')).toEqual([])
    expect(rolesBetween('video', 'text')).toEqual([])
    expect(rolesBetween('video', 'video')).toContain('firstFrame')
    expect(kindsAfter('text').toSorted()).toEqual(['chat', 'image', 'video'])
    expect(kindsAfter('group')).toEqual([])
  })

  it('offers what the model of the target takes, and for the rest a model that would', () => {
    const { fits, refused, never } = offer(image, video)
    expect(never).toBeNull()
    expect(fits).toEqual(['firstFrame', 'reference'])
    expect(refused).toHaveLength(1)
    expect(sayIn('en', refused[0]!.why)).toBe('Plain takes no last frame.')
    expect(refused[0]!.models.map(({ id }) => id)).toEqual(['able'])
  })

  it('goes by the model a node names, and takes all while no model is known', () => {
    const named = { ...video, settings: { model: 'able' } } as CanvasNode
    expect(offer(image, named).fits).toEqual(['firstFrame', 'lastFrame', 'reference'])
    const unknown = offerBetween({ source: image, target: video, models: [], edges: new Map() })
    expect(unknown.fits).toHaveLength(3)
  })

  it('asks for a model that takes all edges together', () => {
    const there = [edgeTo(other, video, 'reference')]
    const { refused } = offer(image, video, there)
    const reference = refused.find(({ role }) => role === 'reference')
    expect(reference?.models.map(({ id }) => id)).toEqual(['able'])
    const source = offer(testNode('video'), video, there).refused
    const impossible = source.find(({ role }) => role === 'sourceVideo')
    expect(impossible?.models).toEqual([])
  })

  it('has one first frame, whether of a picture or of the end of a video', () => {
    const taken = offer(image, video, [edgeTo(testNode('video'), video, 'extension')])
    expect(taken.fits).not.toContain('firstFrame')
    expect(
      offer(testNode('text'), video, [edgeTo(testNode('text'), video, 'prompt')]).fits,
    ).toEqual(['prompt'])
  })

  it('refuses itself, a circle, the same again, and kinds that have no use for each other', () => {
    const next = testNode('video')
    expect(why(video, video)).toMatch(/itself/)
    expect(why(video, next, [edgeTo(next, video, 'extension')])).toMatch(/circle/)
    expect(why(testNode('note'), video)).toMatch(/^The second node/)
    const text = testNode('text')
    expect(why(text, video, [edgeTo(text, video, 'prompt')])).toMatch(/^Already/)
  })

  it('lets a chat read what it has made', () => {
    const chat = testNode('chat')
    expect(offer(video, chat, [edgeTo(chat, video, 'made')]).fits).toEqual(['context'])
  })

  it('counts an edge as free whose own role is changed', () => {
    const edge = edgeTo(image, video, 'firstFrame')
    const edges = new Map([[edge.id, edge]])
    const { fits } = offerBetween({ source: image, target: video, models, edges, instead: edge.id })
    expect(fits).toContain('firstFrame')
  })

  it('numbers several of a role in their order', () => {
    const first = edgeTo(image, video, 'reference')
    const next = newEdge(
      testId('edge'),
      { source: other.id, target: video.id, role: 'reference' },
      new Map([[first.id, { ...first, order: 4 }]]),
    )
    expect(next.order).toBe(5)
  })
})
