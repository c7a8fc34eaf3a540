import { describe, expect, it } from 'vitest'
import { createHistory } from './history.ts'
import { testDoc, testEdge, testId, testNode } from './test-canvas.ts'

const set = (id: string, fields: Record<string, never> | object) =>
  ({ change: 'set', id, fields: fields as Record<string, never> }) as const

describe('the history of a canvas', () => {
  it('takes back what was added, set and removed, and does it again', () => {
    const group = testNode('group', { x: 100, y: 100 })
    const text = testNode('text', { groupId: group.id, x: 10, y: 10 })
    const video = testNode('video')
    const doc = testDoc([group, text, video], [testEdge(text, video)])
    const history = createHistory(doc)
    const begin = doc.read()
    const changes = [
      [{ change: 'add', node: testNode('note') } as const],
      [set(text.id, { x: 55 }), set(video.id, { y: -5 })],
      [{ change: 'remove', id: group.id } as const, { change: 'remove', id: text.id } as const],
    ]
    for (const one of changes) history.doc.apply(one)
    const end = doc.read()
    while (history.undo());
    expect(doc.read().nodes).toEqual(begin.nodes)
    expect(doc.read().edges).toEqual(begin.edges)
    while (history.redo());
    expect(doc.read().nodes).toEqual(end.nodes)
    expect(doc.read().edges).toEqual(end.edges)
  })

  it('leaves a field as another has set it since, and what another has removed', () => {
    const text = testNode('text')
    const gone = testNode('text')
    const doc = testDoc([text, gone])
    const history = createHistory(doc)
    history.doc.apply([set(text.id, { x: 10, y: 20 }), set(gone.id, { x: 10 })])
    doc.apply([set(text.id, { x: 99 }), { change: 'remove', id: gone.id }])
    history.undo()
    expect(doc.read().nodes.get(text.id)).toMatchObject({ x: 99, y: text.y })
    expect(doc.read().nodes.has(gone.id)).toBe(false)
  })

  it('never takes back what a run has made', () => {
    const video = testNode('video')
    const doc = testDoc([video])
    const history = createHistory(doc)
    const file = `file_${'0'.repeat(24)}`
    history.doc.apply([set(video.id, { addVersions: [file] })])
    expect(history.read().undo).toBe(false)
    history.doc.apply([set(video.id, { versions: [file], x: 7 })])
    history.undo()
    expect(doc.read().nodes.get(video.id)).toMatchObject({ versions: [file], x: video.x })
  })

  it('takes typing back at once, and what was typed later by itself', () => {
    let at = 0
    const text = testNode('text')
    const doc = testDoc([text])
    const history = createHistory(doc, () => at)
    for (const words of ['a', 'a f', 'a fox']) history.doc.apply([set(text.id, { text: words })])
    at = 5_000
    history.doc.apply([set(text.id, { text: 'a fox runs' })])
    history.undo()
    expect(doc.read().nodes.get(text.id)).toMatchObject({ text: 'a fox' })
    history.undo()
    expect(doc.read().nodes.get(text.id)).toMatchObject({ text: '' })
  })

  it('brings back no edge whose end another has removed, and no node into a group that is gone', () => {
    const group = testNode('group')
    const text = testNode('text', { groupId: group.id })
    const video = testNode('video')
    const doc = testDoc([group, text, video], [testEdge(text, video)])
    const history = createHistory(doc)
    history.doc.apply([{ change: 'remove', id: text.id }])
    doc.apply([group, video].map(({ id }) => ({ change: 'remove', id })))
    history.undo()
    expect(doc.read().refusal).toBeNull()
    expect(doc.read().nodes.get(text.id)).toMatchObject({ groupId: null })
    expect(doc.read().edges.size).toBe(0)
  })

  it('forgets what could be done again once something else is done', () => {
    const doc = testDoc([])
    const history = createHistory(doc)
    const add = () => history.doc.apply([{ change: 'add', node: testNode('text') }])
    add()
    history.undo()
    expect(history.read()).toEqual({ undo: false, redo: true })
    add()
    expect(history.read()).toEqual({ undo: true, redo: false })
    history.doc.apply([{ change: 'remove', id: testId('node') }])
    expect(history.undo()).toBe(true)
    expect(doc.read().nodes.size).toBe(0)
  })
})
