import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eq } from 'drizzle-orm'
import type { CanvasFile, CanvasPage, CanvasSummary, CanvasView } from '#lib/contract/canvas/canvas'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import { aPerson, aSessionWithin, aTeamOf, join } from '../../../tests/support/people/a-person.ts'
import { scriptedProvider } from '../../../tests/support/generations/scripted-provider.ts'
import { queueFile, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { canvas, canvasElement, canvasRequest } from '../../db/canvas-schema.ts'
import { database } from '../../db/client.ts'
import { useDataFolder } from '../../http/test-visitor.ts'
import { hub } from '../../events/hub.ts'
import { streamEvents } from '../../http/streams/stream-events.ts'
import { newId, randomText } from '../../ids.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { adopt } from '../../people/adoption/adopt.ts'
import { aVisitor } from '../../http/test-visitor.ts'
import { removeEmptyAccounts } from '../../people/empty-accounts.ts'
import { viewToSend } from './elements.ts'
import { sweepOnce } from './sweep.ts'
import { aCanvas, aChat, aGroup, aText, aVideo, add, canvasesOf, joined } from './test-canvas.ts'

useDataFolder()
withTestDatabase()
const deps = testGeneration(scriptedProvider({ videoPath: '' }))
beforeAll(startQueue)
afterAll(async () => {
  await hub().close()
  await deps.dispose()
  await stopQueue(1_000)
})

async function someone() {
  const person = await aPerson()
  return { ...person, ...canvasesOf(person.ask) }
}

const ids = (view: CanvasView) => view.elements.map(({ id }) => id).toSorted()

interface Refusal {
  code: string
  detail: string
  errors?: { field: string; message: string }[]
}
const refusalOf = ({ status, json }: { status: number; json: Refusal }) => ({
  status,
  code: json.code,
  field: json.errors?.[0]?.field,
})

describe('a patch', () => {
  test('is taken whole; the answer and `since` hold what has changed and nothing else', async () => {
    const { make, patch, read } = await someone()
    const { id, version } = await make()
    const [one, two] = [aText({ text: 'fox' }), aText()]
    const first = (await patch(id, [add(one), add(two), joined(one, two)])).json as CanvasView
    expect(first).toMatchObject({ version: version + 1, name: 'A' })
    expect(first.elements).toHaveLength(3)
    const set = { change: 'set', id: one.id, fields: { x: 7 } } as const
    const since = first.version
    const second = (await patch(id, [set], { since })).json as CanvasView
    expect(second.elements).toHaveLength(1)
    expect(second.elements[0]!.node).toEqual({ ...one, x: 7 })
    await patch(id, [{ change: 'remove', id: two.id }])
    const gone = await read(id, second.version)
    expect(gone.elements.map(({ node, edge }) => [node, edge])).toEqual([
      [null, null],
      [null, null],
    ])
    expect(ids(await read(id))).toEqual([one.id])
    expect(ids(await read(id, 999_999))).toEqual([one.id])
  })

  test('with one fault changes nothing, and names the fault', async () => {
    const { make, patch, read } = await someone()
    const { id } = await make()
    const [one, two] = [aText(), aText()]
    await patch(id, [add(one), add(two), joined(one, two)])
    const before = await read(id)
    const faults = [
      [joined(two, one), 'changes[1].edge'],
      [joined(one, aText()), 'changes[1].edge.target'],
      [{ ...add(aText()), node: { ...aText(), x: 1e9 } }, 'changes[1].node.x'],
      [{ change: 'set', id: one.id, fields: { text: 7 } }, 'changes[1].fields.text'],
      [{ change: 'set', id: one.id, fields: { id: newId('node') } }, 'changes[1].fields.id'],
      [{ change: 'explode', id: one.id }, 'changes[1].change'],
      [add(aVideo(newId('file'))), 'changes[1]'],
      [add(aText({ text: 'a\0b' })), 'changes[1].node.text'],
      [add({ ...aVideo(), settings: { a: '\ud800' } } as never), 'changes[1].node.settings.a'],
    ] as const
    for (const [fault, field] of faults)
      expect(refusalOf(await patch(id, [add(aText()), fault as never]))).toEqual({
        status: 400,
        code: 'invalid_input',
        field,
      })
    expect(await read(id)).toEqual(before)
  })

  test('sent again after a lost answer changes nothing more', async () => {
    const { make, patch, read } = await someone()
    const { id } = await make()
    const one = aText()
    const requestId = randomText(20)
    await patch(id, [add(one)], { requestId })
    await patch(id, [{ change: 'set', id: one.id, fields: { x: 50 } }])
    const before = await read(id)
    const again = await patch(id, [add(one), { change: 'remove', id: one.id }], { requestId })
    expect(again.json as CanvasView).toEqual(before)
  })

  test('names media of its owner only', async () => {
    const { make, patch, caller } = await someone()
    const { id } = await make()
    const mine = await queueFile(deps, { ownerId: caller.ownerId })
    const theirs = await queueFile(deps, { ownerId: 'another' })
    expect((await patch(id, [add(aVideo(mine.id))])).status).toBe(200)
    expect(refusalOf(await patch(id, [add(aText()), add(aVideo(mine.id, theirs.id))]))).toEqual({
      status: 400,
      code: 'invalid_input',
      field: 'changes[1]',
    })
  })

  test('of many members at once loses nothing', async () => {
    const { make, patch, read } = await someone()
    const { id } = await make()
    const nodes = Array.from({ length: 12 }, () => aText())
    await Promise.all(nodes.map((node) => patch(id, [add(node)])))
    const view = await read(id)
    expect(ids(view)).toEqual(nodes.map((node) => node.id).toSorted())
    expect(new Set(view.elements.map(({ version }) => version)).size).toBe(12)
  })

  test('too deep, too many, too large: refused before anything is read of it', async () => {
    const { make, patch } = await someone()
    const { id } = await make()
    const deep: unknown = JSON.parse('['.repeat(2_000) + ']'.repeat(2_000))
    const node = { ...aVideo(), settings: { deep } } as never
    expect(refusalOf(await patch(id, [add(node)])).code).toBe('invalid_input')
    const many = Array.from({ length: 501 }, () => add(aText()))
    expect(refusalOf(await patch(id, many)).field).toBe('changes')
    const heavy = { ...aVideo(), settings: { a: 'x'.repeat(40_000) } } as never
    expect(refusalOf(await patch(id, [add(heavy)])).field).toBe('changes[0].node.settings')
    const addVersions = Array.from({ length: 2_001 }, (_, at) => at)
    const wide = { change: 'set', id: newId('node'), fields: { addVersions } } as const
    expect(refusalOf(await patch(id, [wide])).field).toBe('changes[0]')
    const large = Array.from({ length: 300 }, () => add(aText({ text: 'x'.repeat(19_000) })))
    expect(refusalOf(await patch(id, large)).code).toBe('payload_too_large')
  })
})

test(
  'a canvas that is as heavy as one may be takes nothing more, and lets itself be made lighter',
  { tags: 'long' },
  async () => {
    const { call, patch, caller } = await someone()
    const heavy = (count: number) =>
      Array.from({ length: count }, () => aText({ text: 'я'.repeat(20_000) }))
    const nodes = heavy(262)
    const id = await aCanvas(caller.ownerId, nodes)
    const quiet = { since: undefined }
    const refused = { status: 400, code: 'invalid_input', field: 'changes' }
    expect(refusalOf(await patch(id, [add(aText({ text: 'more' }))], quiet))).toEqual(refused)
    expect((await patch(id, [textOf(nodes[0]!, 'less')], quiet)).status).toBe(200)
    expect((await patch(id, [add(aText({ text: 'more' }))], quiet)).status).toBe(200)
    expect(refusalOf(await patch(id, heavy(1).map(add), quiet))).toEqual(refused)
    const body = { object: 'canvas.file', name: '', nodes, edges: [] }
    const inFile = refusalOf(await call('POST /api/canvas/import', { body }))
    expect(inFile).toEqual({ ...refused, field: 'nodes' })
  },
)

function textOf({ id }: { id: string }, text: string) {
  return { change: 'set', id, fields: { text } } as const
}

describe('a list', () => {
  test('finds by name, pages, and tells the trash apart', async () => {
    const { make, call, patch } = await someone()
    for (const name of ['Fox film', 'The fox', 'Winter']) await make(name)
    const list = async (query = '') =>
      ((await call('GET /api/canvas', { query })).json as CanvasPage).canvases
    expect((await list()).map(({ name }) => name)).toEqual(['Winter', 'The fox', 'Fox film'])
    expect((await list('?search=FOX')).map(({ name }) => name)).toEqual(['The fox', 'Fox film'])
    const [winter] = await list('?search=winter')
    await patch(winter!.id, [add(aText())], { name: 'Summer' })
    expect(await list('?search=summer')).toMatchObject([{ nodes: 1, posters: [] }])
    expect((await call('DELETE /api/canvas/[canvasId]', { id: winter!.id })).status).toBe(204)
    expect((await call('DELETE /api/canvas/[canvasId]', { id: winter!.id })).status).toBe(204)
    expect(await list()).toHaveLength(2)
    expect(await list('?trash=1')).toMatchObject([{ name: 'Summer', isTrashed: true }])
    await patch(winter!.id, [], { trash: false })
    expect(await list()).toHaveLength(3)
    expect(
      (await call('DELETE /api/canvas/[canvasId]', { id: winter!.id, query: '?forever=1' })).status,
    ).toBe(409)
    await call('DELETE /api/canvas/[canvasId]', { id: winter!.id })
    await call('DELETE /api/canvas/[canvasId]', { id: winter!.id, query: '?forever=1' })
    expect(await list('?trash=1')).toEqual([])
    for (let index = 0; index < 30; index++) await make(`No ${index}`)
    const page = (await call('GET /api/canvas')).json as CanvasPage
    const next = (await call('GET /api/canvas', { query: `?cursor=${page.nextCursor}` }))
      .json as CanvasPage
    const all = [...page.canvases, ...next.canvases]
    expect(new Set(all.map(({ id }) => id)).size).toBe(32)
    expect(next.nextCursor).toBeNull()
  })

  test('a stranger’s canvas is answered as one that never was, everywhere', async () => {
    const [owner, stranger] = [await someone(), await someone()]
    const { id } = await owner.make()
    const routes = [
      'GET /api/canvas/[canvasId]',
      'PATCH /api/canvas/[canvasId]',
      'DELETE /api/canvas/[canvasId]',
      'POST /api/canvas/[canvasId]/duplicate',
      'GET /api/canvas/[canvasId]/export',
    ]
    for (const route of routes) {
      const body = route.startsWith('PATCH')
        ? { requestId: randomText(20), since: 0, changes: [], trash: true }
        : undefined
      const ask = (one: string) => stranger.call(route, { id: one, ...(body && { body }) })
      const [theirs, none] = [await ask(id), await ask(newId('canvas'))]
      expect([route, theirs.status]).toEqual([route, 404])
      expect(theirs.body).toBe(none.body)
    }
    expect((await owner.read(id)).isTrashed).toBe(false)
    for (const channel of [`canvas.${id}`, `canvas.${newId('canvas')}`, `canvas.x`, id])
      expect((await streamEvents(stranger.ask(`/api/v1/events/${channel}`), channel)).status).toBe(
        404,
      )
  })
})

describe('the channel of a canvas', () => {
  test('tells a member of the organization each version, from the one it has', async () => {
    const [owner, member] = [await someone(), await someone()]
    const team = await aTeamOf(owner)
    await join(team.ownerId, member, 'member')
    const ours = canvasesOf(await aSessionWithin(owner.caller, team.ownerId))
    const ask = await aSessionWithin(member.caller, team.ownerId)
    const { id, version } = await ours.make()
    const channel = `canvas.${id}`
    const response = await streamEvents(ask(`/api/v1/events/${channel}`), channel)
    expect(response.status).toBe(200)
    let text = ''
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    const reading = (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read())
        text += part.value
    })()
    const versions = () => [...text.matchAll(/"version":(\d+)/g)].map((match) => Number(match[1]))
    await expect.poll(versions).toEqual([version])
    const one = aText()
    await ours.patch(id, [add(one)])
    await expect.poll(versions).toEqual([version, version + 1])
    expect(text).not.toContain(one.id)
    expect(ids(await canvasesOf(ask).read(id, version))).toEqual([one.id])
    await reader.cancel()
    await reading
    expect(hub().watchedCanvases).toBe(0)
  })
})

describe('copies', () => {
  test('export then import gives the same canvas under ids of its own', async () => {
    const { make, patch, call, read, caller } = await someone()
    const { id } = await make('Film')
    const film = await queueFile(deps, { ownerId: caller.ownerId })
    const [group, note, chat, video] = [
      aGroup(),
      aText({ text: '<script>alert(1)</script>' }),
      aChat(),
      aVideo(film.id),
    ]
    const inside = aText({ groupId: group.id })
    const nodes = [group, note, chat, video, inside]
    await patch(id, [...nodes.map(add), joined(note, video), joined(video, chat, 'context')])
    const exported = await call('GET /api/canvas/[canvasId]/export', { id })
    const file = exported.json as CanvasFile
    const made = (await call('POST /api/canvas/import', { body: file })).json as CanvasSummary
    const copy = (await call('POST /api/canvas/[canvasId]/duplicate', { id })).json as CanvasSummary
    expect([made.name, copy.name]).toEqual(['Film', 'Film (copy)'])
    const before = ids(await read(id))
    for (const other of [made, copy]) {
      const view = await read(other.id)
      expect(ids(view).filter((one) => before.includes(one))).toEqual([])
      const again = (await call('GET /api/canvas/[canvasId]/export', { id: other.id }))
        .json as CanvasFile
      expect(shapeOf(again)).toEqual(shapeOf(file))
      const text = JSON.stringify(view)
      expect(text).toContain('<script>alert(1)</script>')
      expect(text).not.toContain((chat as { chatId: string }).chatId)
    }
  })

  test('of a hostile file nothing is made, and what is wrong is named', async () => {
    const { call, ask } = await someone()
    const [one, two] = [aText(), aText()]
    const edgeOf = (...given: Parameters<typeof joined>) => joined(...given).edge
    const file = { object: 'canvas.file', name: '', nodes: [one, two], edges: [edgeOf(one, two)] }
    const theirs = await queueFile(deps, { ownerId: 'another' })
    const deep: unknown = JSON.parse('['.repeat(2_000) + ']'.repeat(2_000))
    const hostile: [object, string][] = [
      [{ ...file, edges: [edgeOf(one, two), edgeOf(two, one)] }, 'edges[1]'],
      [{ ...file, edges: [edgeOf(one, one)] }, 'edges[0]'],
      [{ ...file, edges: [edgeOf(one, aText())] }, 'edges[0].target'],
      [{ ...file, nodes: [one, one] }, 'nodes[1].id'],
      [{ ...file, nodes: [one, { ...two, groupId: newId('node') }] }, 'nodes[1].groupId'],
      [{ ...file, nodes: [one, { ...two, x: Number.NaN }] }, 'nodes[1].x'],
      [{ ...file, nodes: [one, { ...two, x: 1e308 }] }, 'nodes[1].x'],
      [{ ...file, nodes: [one, { ...two, text: { html: '<b>' } }] }, 'nodes[1].text'],
      [{ ...file, nodes: [one, { ...two, onClick: 'alert(1)' }] }, 'nodes[1].onClick'],
      [{ ...file, nodes: [{ ...aVideo(), settings: { deep } }] }, 'nodes[0].settings.deep'],
      [{ ...file, nodes: Array.from({ length: 100_000 }, () => 0) }, 'nodes'],
      [{ ...file, edges: Array.from({ length: 100_000 }, () => 0) }, 'edges'],
      [{ ...file, ownerId: 'another' }, 'ownerId'],
      [{ ...file, object: 'canvas' }, 'object'],
      [{ ...file, nodes: { length: 1 } }, 'nodes'],
      [{ ...file, name: 'x'.repeat(201) }, 'name'],
      [{ ...file, nodes: [{ ...one, text: 'a\0' }] }, 'nodes[0].text'],
      [[file], 'body'],
    ]
    for (const [body, field] of hostile) {
      const refusal = refusalOf(await call('POST /api/canvas/import', { body }))
      const named = refusal.field?.startsWith(field) ? field : refusal.field
      expect({ ...refusal, field: named }).toEqual({ status: 400, code: 'invalid_input', field })
    }
    const foreign = { ...file, nodes: [one, two, aVideo(theirs.id, newId('file'))] }
    const refused = await call('POST /api/canvas/import', { body: foreign })
    expect(refusalOf(refused)).toEqual({
      status: 409,
      code: 'not_possible_now',
      field: 'nodes[2].versions',
    })
    const huge = { ...file, more: 'x'.repeat(50 * 1024 ** 2) }
    expect(refusalOf(await call('POST /api/canvas/import', { body: huge }))).toMatchObject({
      status: 413,
      code: 'payload_too_large',
    })
    expect(((await call('GET /api/canvas')).json as CanvasPage).canvases).toEqual([])
    expect(ask).toBeDefined()
    const query = '?media=own'
    const made = (await call('POST /api/canvas/import', { query, body: foreign }))
      .json as CanvasSummary
    const left = (await canvasesOf(ask).read(made.id)).elements.flatMap(({ node }) => node ?? [])
    expect(left.find(({ kind }) => kind === 'video')).toMatchObject({ versions: [], pinned: null })
  })

  test('a file that names 70,000 videos is answered as any other', { tags: 'long' }, async () => {
    const { call } = await someone()
    const idOf = (at: number) => `file_${String(at).padStart(24, '0')}`
    const versions = (node: number) => Array.from({ length: 100 }, (_, at) => idOf(node * 100 + at))
    const nodes = Array.from({ length: 700 }, (_, node) => aVideo(...versions(node)))
    const body = { object: 'canvas.file', name: '', nodes, edges: [] }
    expect(refusalOf(await call('POST /api/canvas/import', { body })).code).toBe('not_possible_now')
  })

  test('a full canvas with a long chain of edges is imported', async () => {
    const { call } = await someone()
    const nodes = Array.from({ length: 2_000 }, () => aText())
    const edges = nodes.slice(1).map((node, index) => joined(nodes[index]!, node).edge)
    const body = { object: 'canvas.file', name: 'Full', nodes, edges }
    const made = (await call('POST /api/canvas/import', { body })).json as CanvasSummary
    expect(made).toMatchObject({ nodes: 2_000, name: 'Full' })
  })
})

/** A file without what differs between a canvas and its copy. */
function shapeOf({ nodes, edges, object }: CanvasFile) {
  const texts = new Map(nodes.map((node) => [node.id, JSON.stringify(bare(node))]))
  return {
    object,
    nodes: nodes
      .map((node) => JSON.stringify([bare(node), node.groupId && texts.get(node.groupId)]))
      .toSorted(),
    edges: edges
      .map((edge) => JSON.stringify([texts.get(edge.source), texts.get(edge.target), edge.role]))
      .toSorted(),
  }
}

function bare({ id: _id, groupId: _group, ...node }: CanvasFile['nodes'][number]) {
  return { ...node, chatId: 'chatId' in node ? 'chat' : undefined }
}

describe('whose they are', () => {
  test('a page is sent with its owner’s canvas, unless that is very large, and with no other', async () => {
    const [owner, stranger] = [await someone(), await someone()]
    const { id } = await owner.make()
    await owner.patch(id, [add(aText({ text: 'fox' }))])
    const sent = JSON.parse((await viewToSend(owner.caller.ownerId, id))!) as CanvasView
    expect(sent).toEqual(await owner.read(id))
    await expect(viewToSend(stranger.caller.ownerId, id)).rejects.toMatchObject({
      code: 'not_found',
    })
    const texts = Array.from({ length: 105 }, () => aText({ text: 'x'.repeat(20_000) }))
    const large = await aCanvas(owner.caller.ownerId, texts)
    expect(await viewToSend(owner.caller.ownerId, large)).toBeNull()
  })

  test('a visitor’s canvases move into the account, and no others', async () => {
    const visitor = await aVisitor()
    const { caller, make, read } = await someone()
    const own = await make()
    const { id } = await canvasesOf(visitor.request).make('Mine')
    await adopt(visitor.ownerId, caller.ownerId)
    expect((await read(id)).name).toBe('Mine')
    expect((await read(own.id)).id).toBe(own.id)
  })

  test('one without an account gets one with its first canvas, and keeps it', async () => {
    const visitor = await aVisitor()
    await canvasesOf(visitor.request).make()
    await removeEmptyAccounts(new Date(Date.now() + 30 * 24 * 3_600_000))
    const kept = await database().$count(canvas, eq(canvas.ownerId, visitor.ownerId))
    expect(kept).toBe(1)
    const page = await canvasesOf(visitor.request).call('GET /api/canvas')
    expect(page.json as CanvasPage).toMatchObject({ canvases: [{ name: 'A' }] })
  })

  test('the sweep deletes what is 30 days in the trash, with all that is of it', async () => {
    const { make, patch, call, read } = await someone()
    const [old, fresh] = [await make(), await make()]
    await patch(old.id, [add(aText())])
    await call('DELETE /api/canvas/[canvasId]', { id: old.id })
    await sweepOnce(new Date(Date.now() + 29 * 24 * 3_600_000))
    expect((await read(old.id)).id).toBe(old.id)
    await sweepOnce(new Date(Date.now() + 31 * 24 * 3_600_000))
    expect((await read(fresh.id)).id).toBe(fresh.id)
    for (const table of [canvasElement, canvasRequest])
      expect(await database().$count(table, eq(table.canvasId, old.id))).toBe(0)
  })

  test('what was removed is told for 30 days; a page that was away longer reads the canvas whole', async () => {
    const { make, patch, read } = await someone()
    const { id } = await make()
    const [kept, gone, back] = [aText(), aText(), aText()]
    await patch(id, [add(kept), add(gone), add(back)])
    const seen = (await read(id)).version
    await patch(id, [
      { change: 'remove', id: gone.id },
      { change: 'remove', id: back.id },
    ])
    await patch(id, [add(back)])
    const removed = await read(id, seen)
    expect(removed).toMatchObject({ isWhole: false })
    expect(removed.elements.find((one) => one.id === gone.id)).toMatchObject({ node: null })

    const rows = () => database().$count(canvasElement, eq(canvasElement.canvasId, id))
    await sweepOnce(new Date(Date.now() + 29 * 24 * 3_600_000))
    expect(await rows()).toBe(3)
    await sweepOnce(new Date(Date.now() + 31 * 24 * 3_600_000))
    expect(await rows()).toBe(2)

    const late = await read(id, seen)
    expect(late.isWhole).toBe(true)
    expect(late.elements.map((one) => one.id).toSorted()).toEqual([kept.id, back.id].toSorted())
    // A page that has seen the removal reads on from there.
    expect(await read(id, late.version)).toMatchObject({ isWhole: false, elements: [] })
    const moved = await patch(id, [{ change: 'set', id: gone.id, fields: { x: 5 } }], {
      since: seen,
    })
    expect(moved.json).toMatchObject({ isWhole: true })
    expect(JSON.stringify(moved.json)).not.toContain(gone.id)
  })
})
