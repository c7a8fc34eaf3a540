import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CanvasContent, applyChanges } from '#lib/contract/canvas/apply-changes'
import type {
  CanvasChange,
  CanvasElement,
  CanvasNode,
  CanvasPatch,
  CanvasView,
} from '#lib/contract/canvas/canvas'
import { type Problem, ProblemError, networkProblem } from '#lib/contract/problem'
import { CanvasSync } from './canvas-sync.ts'
import { type ChangeShelf, ChangeKeeper } from './kept-changes.ts'

const idOf = (kind: 'node' | 'edge', index: number) => `${kind}_${String(index).padStart(24, '0')}`
const common = { x: 0, y: 0, width: 200, height: 100, groupId: null }
const text = (index: number): CanvasNode => ({
  kind: 'text',
  id: idOf('node', index),
  ...common,
  text: '',
})
const add = (index: number): CanvasChange => ({ change: 'add', node: text(index) })
const set = (index: number, fields: Record<string, number | string>): CanvasChange => ({
  change: 'set',
  id: idOf('node', index),
  fields,
})
const join = (index: number, from: number, to: number): CanvasChange => {
  const ends = { source: idOf('node', from), target: idOf('node', to) }
  return { change: 'add', edge: { id: idOf('edge', index), ...ends, role: 'prompt', order: 0 } }
}

/** Does with patches what the server does: under one lock, by the same function, each request once. */
class Server {
  content: CanvasContent = { nodes: new Map(), edges: new Map() }
  version = 1
  name = ''
  /** Up to here it does not know any more what was removed. */
  forgotten = 0
  private readonly changedAt = new Map<string, number>()
  private readonly taken = new Set<string>()

  change({ requestId, since = 0, changes, name = this.name }: CanvasPatch): CanvasView {
    if (this.taken.has(requestId)) return this.read(since)
    const { content, touched, refusal } = applyChanges(this.content, changes)
    if (refusal) throw refused(refusal.field)
    this.taken.add(requestId)
    this.content = content
    this.name = name
    this.version += 1
    for (const id of touched) this.changedAt.set(id, this.version)
    return this.read(since)
  }

  read(since: number): CanvasView {
    const { nodes, edges } = this.content
    const elements = [...this.changedAt]
      .filter(([, version]) => version > since || since < this.forgotten)
      .map(([id, version]): CanvasElement => {
        return { id, version, node: nodes.get(id) ?? null, edge: edges.get(id) ?? null }
      })
    const { version, name } = this
    const at = '2026-01-01T00:00:00.000Z'
    const head = { id: 'canvas', name, createdAt: at, changedAt: at, isTrashed: false }
    const isWhole = since < this.forgotten || since === 0 || since > version
    const told = isWhole ? elements.filter(({ node, edge }) => node || edge) : elements
    return { object: 'canvas', ...head, version, isWhole, elements: structuredClone(told) }
  }
}

function refused(field: string) {
  const errors = [{ field, message: 'no' }]
  const problem: Problem = { ...networkProblem(), status: 400, code: 'invalid_input', errors }
  return new ProblemError(problem)
}

function aShelf(): ChangeShelf {
  const held = new Map<string, string>()
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
    key: (index) => [...held.keys()][index] ?? null,
    get length() {
      return held.size
    },
  }
}

type Line = 'up' | 'down' | 'deaf'

/** A tab; its line to the server can be cut on the way there or on the way back. */
class Tab {
  line: Line = 'up'
  sync: CanvasSync
  private readonly server: Server
  private readonly shelf: ChangeShelf
  private readonly name: string
  private requests = 0
  private lives = 0

  constructor(server: Server, shelf: ChangeShelf, name: string) {
    this.server = server
    this.shelf = shelf
    this.name = name
    this.sync = this.opened()
  }

  private opened() {
    const keeper = new ChangeKeeper('canvas', this.shelf, `${this.name}${this.lives++}`)
    const over = <T>(ask: () => T): T => {
      if (this.line === 'down') throw new ProblemError(networkProblem())
      const answer = ask()
      if (this.line === 'deaf') throw new ProblemError(networkProblem())
      return answer
    }
    const sync = new CanvasSync(
      {
        newRequestId: () => `${this.name}${this.requests++}`.padStart(20, '0'),
        read: async (since) => over(() => this.server.read(since)),
        change: async (patch) => over(() => this.server.change(structuredClone(patch))),
      },
      keeper,
    )
    for (const left of keeper.takeLeft()) sync.takeOver(left)
    return sync
  }

  async do(step: CanvasChange | 'send' | 'look' | 'reload' | Line) {
    if (typeof step !== 'string') this.sync.apply([step])
    else if (step === 'send' || step === 'look' || step === 'reload') await this[step]()
    else this.line = step
  }

  async send() {
    await this.sync.send().catch(ignoreNetwork)
  }

  async look() {
    await this.sync.look().catch(ignoreNetwork)
  }

  /** Closed and opened again: what was not sent is in the browser's store. */
  async reload() {
    this.sync.leave()
    this.sync = this.opened()
    await this.look()
  }

  async settle() {
    this.line = 'up'
    await this.look()
    while (this.sync.isWaiting) await this.send()
    await this.look()
  }
}

function ignoreNetwork(error: unknown) {
  if (!(error instanceof ProblemError)) throw error
}

const contentOf = ({ nodes, edges }: CanvasContent) => ({
  nodes: Object.fromEntries(nodes),
  edges: Object.fromEntries(edges),
})

async function tabs(count: number) {
  const server = new Server()
  const all = Array.from({ length: count }, (_, index) => new Tab(server, aShelf(), `tab${index}x`))
  for (const tab of all) await tab.look()
  return { server, all }
}

describe('tabs on one canvas', () => {
  const node = fc.nat(5)
  const step = fc.record({
    tab: fc.nat(2),
    does: fc.oneof(
      node.map((one) => add(one)),
      node.chain((one) => fc.nat(9).map((x) => set(one, { x }))),
      node.chain((one) => fc.nat(9).map((y) => set(one, { y }))),
      fc.tuple(fc.nat(8), node, node).map(([one, from, to]) => join(one, from, to)),
      node.map((one): CanvasChange => ({ change: 'remove', id: idOf('node', one) })),
      fc.constantFrom('send' as const, 'send', 'look', 'up', 'down', 'deaf', 'reload'),
    ),
  })

  test('converge to what the server has, whatever is lost, sent again or done offline', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
        const { server, all } = await tabs(3)
        // No one touches it: at the end it is as it was made.
        server.change({ requestId: 'of the test itself', since: 0, changes: [add(99)] })
        for (const { tab: index, does } of steps) {
          const tab = all[index]!
          await tab.do(does)
        }
        for (const tab of all) await tab.settle()
        for (const tab of all) {
          await tab.look()
          expect(contentOf(tab.sync.read())).toEqual(contentOf(server.content))
          expect(tab.sync.read()).toMatchObject({ version: server.version, saving: 'saved' })
        }
        expect(server.content.nodes.get(idOf('node', 99))).toEqual(text(99))
      }),
      { numRuns: 300 },
    )
  })

  test('two set two fields of one node at the same time: both stay', async () => {
    const { server, all } = await tabs(2)
    all[0]!.sync.apply([add(1)])
    for (const tab of all) await tab.settle()
    all[0]!.sync.apply([set(1, { x: 10 })])
    all[1]!.sync.apply([set(1, { y: 20 })])
    for (const tab of all) await tab.settle()
    expect(server.content.nodes.get(idOf('node', 1))).toMatchObject({ x: 10, y: 20 })
  })

  test('what one puts into a node stays when another puts something there too', async () => {
    const { server, all } = await tabs(2)
    const [a, b, c] = ['a', 'b', 'c'].map((letter) => `file_${letter.repeat(24)}`)
    const video = { kind: 'video', id: idOf('node', 1), ...common, settings: {}, pinned: null }
    all[0]!.sync.apply([{ change: 'add', node: { ...video, versions: [a] } as CanvasNode }])
    for (const tab of all) await tab.settle()
    const put = (versions: unknown[]): CanvasChange => ({
      change: 'set',
      id: video.id,
      fields: { versions } as never,
    })
    all[0]!.sync.apply([put([a, b])])
    all[1]!.sync.apply([put([a, c])])
    for (const tab of all) await tab.settle()
    expect(server.content.nodes.get(video.id)).toMatchObject({ versions: [a, b, c] })
  })
})

describe('one tab', () => {
  test('begins with what its page was sent with, and reads only what is newer', async () => {
    const { server, all } = await tabs(2)
    const [tab, other] = [all[0]!, all[1]!]
    other.sync.apply([add(1)])
    await other.settle()
    const sent = structuredClone(server.read(0))
    other.sync.apply([add(2), { change: 'remove', id: idOf('node', 1) }])
    await other.settle()
    tab.sync.begin(sent)
    expect([...tab.sync.read().nodes.keys()]).toEqual([idOf('node', 1)])
    expect(tab.sync.seen).toBe(sent.version)
    await tab.look()
    expect([...tab.sync.read().nodes.keys()]).toEqual([idOf('node', 2)])
  })

  test('sends again under the same id what got no answer: it is done once', async () => {
    const { server, all } = await tabs(2)
    const [tab, other] = [all[0]!, all[1]!]
    tab.sync.apply([add(1)])
    tab.line = 'deaf'
    await tab.send()
    expect(tab.sync.read().saving).toBe('offline')
    await other.look()
    other.sync.apply([set(1, { x: 70 })])
    await other.settle()
    await tab.settle()
    expect(server.version).toBe(3)
    expect(tab.sync.read()).toMatchObject({ saving: 'saved', refusal: null })
    expect(tab.sync.read().nodes.get(idOf('node', 1))?.x).toBe(70)
  })

  test('takes back only the change that was refused', async () => {
    const { server, all } = await tabs(2)
    all[0]!.sync.apply([add(1), add(2), add(3)])
    for (const tab of all) await tab.settle()
    all[0]!.sync.apply([join(1, 1, 2)])
    await all[0]!.settle()
    all[1]!.sync.apply([set(3, { x: 5 }), join(2, 2, 1), set(3, { y: 6 })])
    await all[1]!.send()
    await all[1]!.settle()
    expect(all[1]!.sync.read().refusal).not.toBeNull()
    expect([...server.content.edges.keys()]).toEqual([idOf('edge', 1)])
    expect(server.content.nodes.get(idOf('node', 3))).toMatchObject({ x: 5, y: 6 })
    all[1]!.sync.apply([set(3, { x: 6 })])
    expect(all[1]!.sync.read().refusal).toBeNull()
  })

  test('keeps what was done offline over a reload, the name too', async () => {
    const { server, all } = await tabs(1)
    const tab = all[0]!
    tab.line = 'down'
    tab.sync.apply([add(1)])
    tab.sync.rename('Foxes')
    await tab.send()
    tab.sync.apply([set(1, { x: 5 })])
    await tab.reload()
    expect(tab.sync.read().nodes.get(idOf('node', 1))?.x).toBe(5)
    await tab.settle()
    expect(server.name).toBe('Foxes')
    expect(server.content.nodes.get(idOf('node', 1))?.x).toBe(5)
  })

  test('a drag is one change of a request; the very same object is read until something changes', async () => {
    const { all } = await tabs(1)
    const { sync } = all[0]!
    sync.apply([add(1), add(2)])
    await all[0]!.settle()
    for (let x = 0; x < 50; x++) sync.apply([set(1, { x }), set(2, { x })])
    expect(sync.read()).toBe(sync.read())
    const kept = aShelf()
    expect(kept.length).toBe(0)
    expect(sync.read().nodes.get(idOf('node', 2))?.x).toBe(49)
    await all[0]!.settle()
    expect(sync.read()).toBe(sync.read())
  })

  test('a tab that comes back when removals are forgotten brings none of it back', async () => {
    const { server, all } = await tabs(2)
    const [tab, away] = [all[0]!, all[1]!]
    tab.sync.apply([add(1), add(2)])
    for (const one of all) await one.settle()
    away.line = 'down'
    away.sync.apply([set(1, { x: 9 }), join(1, 1, 2), add(3)])
    tab.sync.apply([{ change: 'remove', id: idOf('node', 1) }])
    await tab.settle()
    server.forgotten = server.version
    await away.settle()
    await tab.look()
    for (const { sync } of all)
      expect([...sync.read().nodes.keys()]).toEqual([idOf('node', 2), idOf('node', 3)])
    expect(server.content.edges.size).toBe(0)
  })

  test('a server that went back is read whole', async () => {
    const { server, all } = await tabs(1)
    const tab = all[0]!
    tab.sync.apply([add(1)])
    await tab.settle()
    tab.sync.apply([add(2)])
    await tab.settle()
    server.change({
      requestId: 'x'.repeat(20),
      since: 0,
      changes: [{ change: 'remove', id: idOf('node', 2) }],
    })
    server.version = 2
    const read = server.read.bind(server)
    server.read = (since) => read(since > server.version ? 0 : since)
    await tab.look()
    expect([...tab.sync.read().nodes.keys()]).toEqual([idOf('node', 1)])
  })
})
