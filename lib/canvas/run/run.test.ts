import { join } from 'node:path'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect } from 'vitest'
import type { CanvasChange, MediaNode } from '#lib/contract/canvas/canvas'
import type { CanvasRunRequest } from '#lib/contract/canvas/run'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import {
  aProviderError,
  scriptedProvider,
} from '../../../tests/support/generations/scripted-provider.ts'
import { until } from '../../../tests/support/generations/test-chat.ts'
import { driveToEnd, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { database, inTransaction } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { createEditsProvider } from '../../ai/providers/edits/edits-provider.ts'
import { env } from '../../env.ts'
import { advance } from '../../generations/engine/advance.ts'
import { findGeneration } from '../../generations/queries.ts'
import { isFinalState } from '../../generations/states.ts'
import { newId, randomText } from '../../ids.ts'
import { balanceOf } from '../../money/accounts.ts'
import { checkLedger } from '../../money/check.ts'
import { grant } from '../../money/grants.ts'
import { aCanvas, aMedia, aText, joined } from '../store/test-canvas.ts'
import { changeCanvas, changeIn } from '../store/change-canvas.ts'
import { readContent } from '../store/elements.ts'
import { lockCanvas } from '../store/find-canvas.ts'
import { trashCanvas } from '../store/canvases.ts'
import { planRun } from './plan.ts'
import { runCanvas } from './run.ts'
import { cancelRuns, countRunning } from './running.ts'

process.env.KIE_API_KEY = 'a key'
const videoPath = await tinyMp4()
const kie = () => scriptedProvider({ id: 'kie', label: 'Kie.ai', videoPath })
const { test, bed } = localBed(
  ({ provider }) => {
    const deps = testGeneration([provider, kie()])
    const edits = createEditsProvider({ directory: join(deps.folder, 'edits') })
    return Object.assign(deps, { providers: new Map([...deps.providers, ['edits', edits]]) })
  },
  { hasQueue: true },
)

let ownerId = ''
beforeEach(() => void (ownerId = newId('token')))

const all: CanvasRunRequest = { scope: 'all', nodes: [] }
const wordsOf = (text: string) => aText({ text })
const veo = (prompt: string) => aMedia('video', { model: 'veo-3.1-fast', prompt, duration: 8 })

/** A text, a video of it, two videos that are made over it, and one of their own. */
async function fiveNodes() {
  const text = wordsOf('A harbour at dawn.')
  const [first, second, third, alone] = [
    veo('Slow pan.'),
    veo('Night.'),
    veo('Rain.'),
    veo('A fox.'),
  ]
  for (const node of [second, third]) node.settings = { model: 'runway-aleph', prompt: 'Night.' }
  const edges = [
    joined(text, first, 'prompt'),
    joined(first, second, 'sourceVideo'),
    joined(first, third, 'sourceVideo'),
  ]
  const canvasId = await aCanvas(ownerId, [text, first, second, third, alone], edges)
  return { canvasId, first, second, third, alone }
}

const plan = async (canvasId: string, request = all) =>
  (await planRun(callerNamed(ownerId), canvasId, request)).plan
const run = (canvasId: string, request = all, key: string | null = null) =>
  runCanvas({ caller: callerNamed(ownerId), canvasId, request, key, now: bed.deps.now() })
const rowsOf = () => database().select().from(generation).where(eq(generation.ownerId, ownerId))

async function shown(canvasId: string, { id }: MediaNode) {
  const node = (await readContent(database(), canvasId)).nodes.get(id) as MediaNode
  return (await findGeneration(node.versions.at(-1) ?? ''))!
}

const putOn = (id: string, changes: CanvasChange[]) =>
  changeCanvas(ownerId, id, { requestId: randomText(24), changes })

/** Whether something in this database waits for what another holds. */
async function isWaiting() {
  const { rows } = await database().execute(
    sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0
}

async function driveAll() {
  for (let round = 0; round < 6; round++)
    for (const { id, waitsFor, state } of await rowsOf())
      if (waitsFor) await advance(id, bed.deps)
      else if (!isFinalState(state)) await driveToEnd(id, bed.deps, 2_000)
}

describe('a plan', () => {
  test('says what is made, in which order, and one total', async () => {
    const { canvasId, first, second, third, alone } = await fiveNodes()
    const planned = await plan(canvasId)
    expect(planned.canRun).toBe(true)
    const orders = planned.nodes.map((one) => [one.nodeId, one.does === 'make' && one.order])
    expect(orders).toEqual([
      [first.id, 1],
      [second.id, 2],
      [third.id, 2],
      [alone.id, 1],
    ])
    const sum = planned.nodes.reduce((usd, one) => usd + (one.does === 'make' ? one.usd : 0), 0)
    expect(planned.usd).toBeCloseTo(sum, 6)
    expect(await rowsOf()).toEqual([])
  })

  test('names what cannot be made, and what falls with it', async () => {
    const empty = aMedia('video', { model: 'veo-3.1-fast' })
    const next = aMedia('video', { model: 'runway-aleph', prompt: 'Night.' })
    const canvasId = await aCanvas(ownerId, [empty, next], [joined(empty, next, 'sourceVideo')])
    const planned = await plan(canvasId)
    expect(planned).toMatchObject({ canRun: false, usd: 0 })
    expect(planned.nodes.map(({ does }) => does)).toEqual(['refuse', 'refuse'])
    await expect(run(canvasId)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  test('keeps to the limit that a node has of its own', async () => {
    const node = veo('A boat.')
    node.settings = { ...node.settings, maxUsd: 0.01 }
    const canvasId = await aCanvas(ownerId, [node])
    expect((await plan(canvasId)).nodes).toMatchObject([{ does: 'refuse' }])
  })

  test('of another’s canvas there is none', async () => {
    const { canvasId } = await fiveNodes()
    ownerId = newId('token')
    await expect(plan(canvasId)).rejects.toMatchObject({ code: 'not_found' })
    await expect(run(canvasId)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('of a canvas in the trash there is none until it is restored', async () => {
    const { canvasId } = await fiveNodes()
    await trashCanvas(ownerId, canvasId)
    for (const refused of [plan, run])
      await expect(refused(canvasId)).rejects.toMatchObject({ code: 'not_possible_now' })
    expect(await countRunning(ownerId, canvasId)).toBe(0)
  })
})

describe('a run', () => {
  test('starts all with one hold, each when its inputs are there, and each node shows it', async () => {
    const { canvasId, first, second, third, alone } = await fiveNodes()
    const started = await run(canvasId)
    expect(started.started.map(({ nodeId }) => nodeId)).toEqual(
      [first, second, third, alone].map(({ id }) => id),
    )
    const made = await shown(canvasId, first)
    expect(made).toMatchObject({ prompt: 'A harbour at dawn.\n\nSlow pan.', waitsFor: null })
    expect(await shown(canvasId, second)).toMatchObject({
      waitsFor: [made.id],
      originDoor: 'canvas',
      batchId: started.id,
    })
    await driveAll()
    for (const node of [first, second, third, alone])
      expect(await shown(canvasId, node)).toMatchObject({ state: 'completed' })
    const jobs = (bed.deps.providers.get('kie') as ReturnType<typeof kie>).jobs
    expect(new Set(jobs).size).toBe(4)
    expect(jobs).toHaveLength(4)
    expect(await balanceOf(ownerId)).toMatchObject({ heldMicros: 0 })
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
    // Nothing has changed: nothing is to be made.
    expect((await plan(canvasId)).nodes.map(({ does }) => does)).toEqual(Array(4).fill('reuse'))
  })

  test('of the same key is the same run', async () => {
    const { canvasId } = await fiveNodes()
    const [one, other] = [await run(canvasId, all, 'key-1'), await run(canvasId, all, 'key-1')]
    expect(other).toEqual(one)
    expect(await rowsOf()).toHaveLength(4)
  })

  test('and another at the same moment make each node once', async () => {
    const { canvasId } = await fiveNodes()
    const both = await Promise.allSettled([run(canvasId, all, 'one'), run(canvasId, all, 'two')])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'invalid_input' },
    })
    expect(await rowsOf()).toHaveLength(4)
  })

  test('makes what the canvas says in the moment of its start', async () => {
    const { canvasId, alone } = await fiveNodes()
    const fields = { settings: { ...alone.settings, prompt: 'A wolf.' } }
    const { running } = await inTransaction(async (tx) => {
      const row = await lockCanvas(tx, ownerId, canvasId)
      await changeIn(tx, row, { changes: [{ change: 'set', id: alone.id, fields }] })
      const planned = run(canvasId)
      await until(isWaiting)
      return { running: planned }
    })
    expect((await running).started).toHaveLength(4)
    expect(await shown(canvasId, alone)).toMatchObject({ prompt: 'A wolf.' })
    expect(await rowsOf()).toHaveLength(4)
  })

  test('stops only what needs what failed; the next one makes what is missing', async () => {
    const { canvasId, first, second, third, alone } = await fiveNodes()
    const provider = bed.deps.providers.get('kie') as ReturnType<typeof kie>
    const make = provider.onSubmit
    provider.onSubmit = (key, request, context) =>
      request.prompt.includes('harbour')
        ? Promise.reject(aProviderError({ retryable: false }, 'content_policy'))
        : make(key, request, context)
    await run(canvasId)
    await driveAll()
    expect(await shown(canvasId, first)).toMatchObject({ state: 'failed' })
    for (const node of [second, third])
      expect(await shown(canvasId, node)).toMatchObject({ errorCode: 'input_failed', attempts: [] })
    expect(await shown(canvasId, alone)).toMatchObject({ state: 'completed' })

    provider.onSubmit = make
    const again = await plan(canvasId)
    expect(again.nodes.map(({ does }) => does)).toEqual(['make', 'make', 'make', 'reuse'])
    await run(canvasId)
    await driveAll()
    expect(await shown(canvasId, third)).toMatchObject({ state: 'completed' })
    expect(provider.jobs).toHaveLength(4)
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
  })

  test('is refused whole above its limit, and where the money is there for fewer', async () => {
    const { canvasId } = await fiveNodes()
    const { upToUsd } = await plan(canvasId)
    await expect(run(canvasId, { ...all, maxUsd: upToUsd - 0.01 })).rejects.toMatchObject({
      code: 'invalid_input',
    })
    Object.assign(env(), { BILLING: 'credits' })
    try {
      await grant({ ownerId, amountMicros: 400_000, byUserId: null, note: null })
      await expect(run(canvasId)).rejects.toMatchObject({ code: 'insufficient_credits' })
    } finally {
      Object.assign(env(), { BILLING: 'off' })
    }
    expect(await rowsOf()).toEqual([])
  })

  test('is canceled as one, but for what is ready', async () => {
    const { canvasId, first, second, alone } = await fiveNodes()
    await run(canvasId)
    await driveToEnd((await shown(canvasId, alone)).id, bed.deps)
    const running = await countRunning(ownerId, canvasId)
    expect(running).toBeGreaterThan(1)
    // Whatever is planned, what runs can be canceled as a whole.
    expect(await plan(canvasId, { scope: 'these', nodes: [alone.id] })).toMatchObject({
      running,
    })
    expect(await cancelRuns(ownerId, canvasId)).toMatchObject({ running, canceled: running })
    await driveAll()
    expect((await shown(canvasId, alone)).state).toBe('completed')
    expect((await shown(canvasId, first)).state).toBe('canceled')
    expect((await shown(canvasId, second)).state).toMatch(/canceled|failed/)
    // There is nothing left to cancel, and that is what is answered.
    expect(await cancelRuns(ownerId, canvasId)).toMatchObject({ running: 0, canceled: 0 })
    expect(await plan(canvasId)).toMatchObject({ running: 0 })
  })

  test('goes on from the end of a video that is not there yet', async () => {
    const [from, next] = [veo('A boat.'), veo('It leaves.')]
    const canvasId = await aCanvas(ownerId, [from, next], [joined(from, next, 'extension')])
    await run(canvasId)
    const source = await shown(canvasId, from)
    expect(await shown(canvasId, next)).toMatchObject({
      waitsFor: [source.id],
      settings: { inputs: { sources: [source.id] }, work: { way: 'last_frame' } },
    })
  })

  test('takes a frame of a video that is not there yet, waits for it, and uses it again', async () => {
    const [from, next] = [veo('A boat.'), veo('It leaves.')]
    const edges = [joined(from, next, 'firstFrame')]
    const canvasId = await aCanvas(ownerId, [from, next], edges)
    expect((await plan(canvasId)).nodes).toMatchObject([
      { nodeId: from.id, does: 'make', order: 1 },
      { nodeId: from.id, does: 'frame', at: 'last', order: 2 },
      { nodeId: next.id, does: 'make', order: 3 },
    ])
    const { started } = await run(canvasId)
    expect(started.map(({ nodeId }) => nodeId)).toEqual([from.id, next.id])
    const source = await shown(canvasId, from)
    const frame = (await rowsOf()).find(({ kind }) => kind === 'edit')
    expect(frame).toMatchObject({
      waitsFor: [source.id],
      ceilingMicros: 0,
      prompt: 'A boat.',
      settings: { edit: { operation: 'frame', at: 'last' }, inputs: { sources: [source.id] } },
    })
    expect(await shown(canvasId, next)).toMatchObject({
      waitsFor: [frame!.id],
      settings: { inputs: { firstFrame: frame!.id } },
    })
    await driveAll()
    expect(await shown(canvasId, next)).toMatchObject({ state: 'completed' })
    expect((await plan(canvasId)).nodes.map(({ does }) => does)).toEqual(['reuse', 'reuse'])

    // Made again of the same video: the frame is there. Of another end of it, it is taken.
    const again = await plan(canvasId, { scope: 'these', nodes: [next.id] })
    expect(again.nodes.map(({ does }) => does)).toEqual(['reuse', 'make'])
    await putOn(canvasId, [{ change: 'set', id: edges[0]!.edge.id, fields: { role: 'reference' } }])
    await putOn(canvasId, [
      { change: 'set', id: next.id, fields: { settings: { model: 'veo-3.1', prompt: 'It.' } } },
    ])
    expect((await plan(canvasId)).nodes.map(({ does }) => does)).not.toContain('frame')
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
  })

  test('fails what needs a frame of a video that failed, and charges nothing for it', async () => {
    const [from, next] = [veo('A boat.'), veo('It leaves.')]
    const canvasId = await aCanvas(
      ownerId,
      [from, next],
      [joined(from, next, 'firstFrame'), joined(from, next, 'lastFrame')],
    )
    const provider = bed.deps.providers.get('kie') as ReturnType<typeof kie>
    const make = provider.onSubmit
    provider.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'content_policy'))
    await run(canvasId)
    await driveAll()
    provider.onSubmit = make
    const frames = (await rowsOf()).filter(({ kind }) => kind === 'edit')
    const ends = frames.map(({ settings }) => settings.edit)
    expect(ends).toHaveLength(2)
    for (const at of ['first', 'last']) expect(ends).toContainEqual({ operation: 'frame', at })
    for (const frame of frames) expect(frame.errorCode).toBe('input_failed')
    expect(await shown(canvasId, next)).toMatchObject({ errorCode: 'input_failed', attempts: [] })
    expect(await balanceOf(ownerId)).toMatchObject({ heldMicros: 0 })
  })

  test('uses what was put there from the library as it is', async () => {
    const made = veo('A boat.')
    const first = await aCanvas(ownerId, [made])
    await run(first)
    await driveAll()
    const { id } = await shown(first, made)
    const [put, next] = [aMedia('video'), veo('It leaves.')]
    put.versions = [id]
    const canvasId = await aCanvas(ownerId, [put, next], [joined(put, next, 'firstFrame')])
    expect((await plan(canvasId)).nodes.map(({ does }) => does)).toEqual(['reuse', 'frame', 'make'])
  })
})
