import { expect, test, vi } from 'vitest'
import type { CanvasEdge, CanvasEdgeRole, CanvasNode, MediaNode } from '#lib/contract/canvas/canvas'
import type { runNode } from '#lib/ai/api/canvas/run-canvas'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'
import { dropFiles, fromLibrary } from '../drop/drop-files.ts'
import { makeVersion } from './make-version.ts'
import { hearOnly } from './one-sound.ts'
import { valuesOf } from './settings-values.ts'
import { addVideoFrom } from './video-from.ts'
import { settingsOf } from './versions.ts'
import { broughtTo, frameTaken, shownVersion } from '#lib/contract/canvas/brought'

const id = (kind: 'node' | 'edge', name: string) => `${kind}_${name.padEnd(24, '0')}`
const place = { x: 0, y: 0, width: 300, height: 300, groupId: null }

function video(name: string, versions: string[] = [], pinned: string | null = null): MediaNode {
  return { kind: 'video', id: id('node', name), ...place, settings: {}, versions, pinned }
}

function edge(name: string, role: CanvasEdgeRole, order = 0): CanvasEdge {
  return { id: id('edge', name), source: id('node', name), target: id('node', 'film'), role, order }
}

function aDoc() {
  const done: unknown[] = []
  const doc = {
    id: 'canvas_1',
    read: () => ({ nodes: new Map() }),
    apply: (changes: unknown) => done.push(changes),
    flush: async () => void done.push('flush'),
  } as unknown as CanvasDoc
  return { doc, done }
}

test('the pinned version is shown, else the newest; a pin on what is gone is none', () => {
  expect(shownVersion({ versions: ['a', 'b'], pinned: null })).toBe('b')
  expect(shownVersion({ versions: ['a', 'b'], pinned: 'a' })).toBe('a')
  expect(shownVersion({ versions: ['a', 'b'], pinned: 'c' })).toBe('b')
  expect(shownVersion({ versions: [], pinned: null })).toBeNull()
})

test('what edges bring is in their order, without what a chat made or reads', () => {
  const nodes = new Map<string, CanvasNode>(
    ['a', 'b', 'c', 'film'].map((name) => [id('node', name), video(name)]),
  )
  const edges = [
    edge('b', 'reference', 1),
    edge('a', 'prompt'),
    edge('c', 'made'),
    edge('gone', 'prompt'),
  ]
  const brought = broughtTo(id('node', 'film'), { nodes, edges })
  expect(brought.map((one) => one.edge.role)).toEqual(['prompt', 'reference'])
})

test('what begins with a video takes its last frame, what ends with it its first', () => {
  expect(frameTaken('firstFrame', 'video')).toBe('last')
  expect(frameTaken('reference', 'video')).toBe('last')
  expect(frameTaken('lastFrame', 'video')).toBe('first')
  expect(frameTaken('extension', 'video')).toBeUndefined()
  expect(frameTaken('firstFrame', 'image')).toBeUndefined()
})

test('settings keep one of it, and no input that an edge brings', () => {
  const source = video('a')
  const request = {
    prompt: 'a fox',
    variations: 3,
    useCache: true,
    seed: null,
    inputs: { firstFrame: 'image_1', lastFrame: 'image_2', references: [], sourceVideo: null },
  }
  const kept = settingsOf(request, [{ edge: edge('a', 'extension'), source }])
  expect(kept).toEqual({ prompt: 'a fox', seed: null, inputs: { lastFrame: 'image_2' } })
  expect(settingsOf({ prompt: 'x', inputs: { references: [] } }, [])).toEqual({ prompt: 'x' })
  expect(valuesOf(kept)).toMatchObject({ prompt: 'a fox', seed: '', maxUsd: '' })
})

test('making a version keeps the settings, lets go of the pin, and saves before it runs', async () => {
  const { doc, done } = aDoc()
  const run = vi.fn<typeof runNode>(async () => ({
    object: 'canvas.run' as const,
    id: '',
    canvasId: '',
    started: [],
  }))
  await makeVersion(doc, video('film', ['a', 'b'], 'a'), { prompt: 'x' }, run)
  const fields = { settings: { prompt: 'x' }, pinned: null }
  expect(done).toEqual([[{ change: 'set', id: id('node', 'film'), fields }], 'flush'])
  expect(run).toHaveBeenCalledWith('canvas_1', id('node', 'film'))
})

test('only one film is heard; a muted one stops none until it is heard itself', () => {
  const film = (muted = false) => ({ muted, paused: false, pause: vi.fn<() => void>() })
  const [first, muted, second] = [film(), film(true), film()]
  for (const one of [first, muted, second]) hearOnly(one)
  expect(first.pause).toHaveBeenCalledOnce()
  expect(muted.pause).not.toHaveBeenCalled()
  expect(second.pause).not.toHaveBeenCalled()

  muted.muted = false
  hearOnly(muted)
  expect(second.pause).toHaveBeenCalledOnce()
  const paused = { ...film(), paused: true }
  hearOnly(paused)
  expect(muted.pause).not.toHaveBeenCalled()
})

test('files and items of the library are nodes side by side; a refused file stops no other', async () => {
  const { doc, done } = aDoc()
  const item = { id: 'image_1', type: 'image' as const, width: 100, height: 200 }
  fromLibrary(doc, [item, { ...item, id: 'file_2', type: 'video' }], { x: 10, y: 20 })
  expect(done[0]).toMatchObject([
    { node: { kind: 'image', versions: ['image_1'], x: 10, y: 20 } },
    { node: { kind: 'video', versions: ['file_2'], x: 370, y: 20 } },
  ])
  const send = async (file: File) => {
    if (file.name === 'bad') throw new Error('refused')
    return item
  }
  const files = ['good', 'bad', 'fine'].map((name) => new File([], name))
  await expect(dropFiles(doc, files, { x: 0, y: 0 }, send as never)).rejects.toThrow('refused')
  expect(done[1]).toHaveLength(2)
})

test('many of the library come in rows, over nothing that is there', () => {
  const { doc, done } = aDoc()
  const film = { ...video('film'), x: 400, y: 700, width: 2_000 }
  const read = () =>
    ({ nodes: new Map([[film.id, film]]) }) as unknown as ReturnType<CanvasDoc['read']>
  const items = Array.from({ length: 6 }, (_, at) => {
    return { id: `file_${at}`, type: 'video' as const, width: 160, height: at === 1 ? 320 : 90 }
  })
  fromLibrary({ ...doc, read }, items, { x: 0, y: 0 })
  const placed = (done[0] as { node: MediaNode }[]).map(({ node }) => node)
  expect(placed.map(({ x }) => x)).toEqual([0, 360, 720, 1080, 0, 360])
  const [first, tall, , , below] = placed
  expect(first!.y).toBe(film.y + film.height + 40)
  expect(below!.y).toBe(tall!.y + tall!.height + 40)
})

test('a video from an image begins with it, one from a video goes on from its end; over no other', () => {
  const { doc, done } = aDoc()
  const film = video('film', ['file_1'])
  const other = { ...video('other'), x: 400 }
  const nodes = new Map([film, other].map((node) => [node.id, node]))
  const read = () => ({ nodes }) as unknown as ReturnType<CanvasDoc['read']>
  addVideoFrom({ ...doc, read }, film)
  addVideoFrom({ ...doc, read }, { ...film, kind: 'image' })
  expect(done[0]).toMatchObject([
    { node: { kind: 'video', x: 400, y: 340 } },
    { edge: { source: film.id, role: 'extension' } },
  ])
  expect(done[1]).toMatchObject([{}, { edge: { role: 'firstFrame' } }])
})
