import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { callerNamed } from '../../../tests/support/people/caller-named.ts'
import { film } from '../../../tests/support/films/film.ts'
import { says } from '../../../tests/support/says.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { setFinished, setRow } from '../../../tests/support/database/set-row.ts'
import { type KieEmulator, startKieEmulator } from '../../../tests/emulators/kie/kie-emulator.ts'
import { type Emulator } from '../../../tests/emulators/emulator.ts'
import { geminiEmulatorKey, startGeminiEmulator } from '../../../tests/emulators/gemini-emulator.ts'
import { createEditsProvider } from '../../ai/providers/edits/edits-provider.ts'
import { lookInto } from '../../ai/providers/edits/read-result.ts'
import { createGeminiProvider } from '../../ai/providers/gemini/gemini-provider.ts'
import { createKieProvider } from '../../ai/providers/kie/kie-provider.ts'
import { asset } from '../../db/asset-schema.ts'
import { database } from '../../db/client.ts'
import { attempt } from '../../db/generation-schema.ts'
import { lineage } from '../../db/library-schema.ts'
import { newId } from '../../ids.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { checkLedger } from '../../money/check.ts'
import { forgetProcessWide } from '../../process-wide.ts'
import { deleteGeneration } from '../commands/delete.ts'
import { advance } from '../engine/advance.ts'
import { findGeneration } from '../queries.ts'
import { startVariations } from '../start/start.ts'
import { fileViewOf } from '../view.ts'
import { workOffers, workSourceOf } from './offers.ts'
import { startWork } from './start-work.ts'

// The seam with real films through a real emulator: a second of 25 numbered frames, with a tone in its first half.
const heard = { isNumbered: true, frames: 25, fps: 25, hasSound: true, hasTone: true } as const
const range = (from: number, after: number) =>
  Array.from({ length: after - from }, (_, index) => from + index)
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

let kie: KieEmulator
let gemini: Emulator
let deps: TestGeneration
let ownerId: string
let filmPath: string

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))
beforeAll(async () => {
  const folder = join(process.cwd(), 'node_modules/.cache/photofinish')
  await mkdir(folder, { recursive: true })
  filmPath = join(folder, 'heard-second.mp4')
  await writeFile(filmPath, await film(heard))
  kie = await startKieEmulator({ apiKey: 'key', filmOf: async () => filmPath })
  gemini = await startGeminiEmulator({ filmOf: async () => filmPath })
  Object.assign(process.env, {
    KIE_API_KEY: 'key',
    KIE_BASE_URL: kie.url,
    GEMINI_API_KEY: geminiEmulatorKey,
    GEMINI_BASE_URL: gemini.url,
  })
  for (const name of ['env', 'providers']) forgetProcessWide(name)
})
afterAll(() => Promise.all([kie.close(), gemini.close()]))
beforeEach(async ({ onTestFinished }) => {
  await forgetEverything()
  ownerId = newId('token')
  deps = testGeneration([])
  const edits = createEditsProvider({ directory: join(deps.folder, 'edits') })
  const provider = createKieProvider({ apiKey: 'key', baseUrl: kie.url, uploadUrl: kie.url })
  Object.assign(deps, {
    fetch: globalThis.fetch,
    providers: new Map([
      ['kie', provider],
      ['gemini', createGeminiProvider(geminiAccount())],
      ['edits', edits],
    ]),
  })
  onTestFinished(async () => {
    await edits.close?.()
    await deps.dispose()
  })
})

const geminiAccount = () => ({
  apiKey: geminiEmulatorKey,
  baseUrl: gemini.url,
  answersDirectory: join(deps.folder, 'answers'),
})

const caller = () => callerNamed(ownerId)

/** A video of Veo that is made at Kie, and stored here. */
async function made(prompt: string, settings: object = {}) {
  const body = { prompt, model: 'veo-3.1-fast', aspectRatio: '16:9', ...settings }
  const [{ id } = { id: '' }] = await startVariations({
    caller: caller(),
    body,
    idempotencyKey: null,
    now: deps.now(),
  })
  await toEnd(id)
  return id
}

async function toEnd(id: string) {
  const { row } = await driveToEnd(id, deps, 2_000)
  return row!
}

function start(source: string, work: object, others: object = {}) {
  const { idempotencyKey = null, ...fields } = others as { idempotencyKey?: string | null }
  const body = { source, work, ...fields }
  return startWork({ caller: caller(), body, idempotencyKey, now: deps.now() })
}

const native = (prompt: string) => ({ operation: 'extend', way: 'native', prompt })
const lastFrame = (prompt: string, model?: string) => ({
  operation: 'extend',
  way: 'last_frame',
  prompt,
  ...(model && { model }),
})
const to = (size: '1080p' | '4K') => ({ operation: 'upscale', to: size })

async function offersOf(id: string, now = deps.now()) {
  return workOffers(workSourceOf((await findGeneration(id))!)!, caller(), now)
}

const pathOf = (id: string) => join(deps.folder, 'media', id, 'video.mp4')

/** When the tone begins and ends, in hundredths of a second, less what the sound of the source is late by. */
async function toneOf(id: string) {
  const late = (await lookInto(filmPath)).sound!.changes[0]!.at
  return (await lookInto(pathOf(id))).sound!.changes.map(({ at }) => (at - late) * 100)
}

describe('an extension of the provider’s own', () => {
  test('is one paid part, booked once, joined to the video without a doubled or a missing frame', async () => {
    const source = await made('a fox')
    const before = sha256(await readFile(pathOf(source)))
    const { id } = await start(source, native('it runs on'))
    expect(fileViewOf((await findGeneration(id))!)).toMatchObject({
      kind: 'video',
      modelLabel: 'Veo 3.1 Fast Extend',
      settings: {
        prompt: 'it runs on',
        work: { operation: 'extend', way: 'native' },
        inputs: { sources: [source] },
      },
      cost: { estimatedUsd: 0.4, upToUsd: 0.4, heldUsd: 0.4 },
      canCancel: true,
    })
    const row = await toEnd(id)
    expect(row).toMatchObject({
      state: 'completed',
      costMicros: 400_000,
      chargedMicros: 400_000,
      note: null,
      attempts: [{ provider: 'kie', model: 'veo/extend-fast', outcome: 'completed' }],
    })
    const seen = await lookInto(pathOf(id))
    expect(seen.numbers).toEqual([...range(0, 25), ...range(0, 25)])
    for (const [index, at] of seen.starts.entries()) expect(at).toBeCloseTo(index / 25, 3)
    expect(seen.seconds).toBeCloseTo(2, 3)
    expect(seen.sound!.duration).toBeCloseTo(2, 3)
    const tone = await toneOf(id)
    for (const [place, at] of [0, 50, 100, 150].entries())
      expect(Math.abs(tone[place]! - at)).toBeLessThan(0.3)
    // The old part was neither touched nor paid for again.
    expect(sha256(await readFile(pathOf(source)))).toBe(before)
    expect(kie.jobsOf('a fox')).toHaveLength(1)
    expect(kie.jobsOf('it runs on')).toHaveLength(1)
    const parents = await database().select().from(lineage).where(eq(lineage.childId, id))
    expect(parents).toMatchObject([{ parentId: source, role: 'source' }])
    const [whole] = await database().select().from(asset).where(eq(asset.generationId, id))
    expect(whole).toMatchObject({ parentId: source.replace('file_', 'asset_') })
    // Every cent is booked once.
    const attempts = await database().select().from(attempt).where(eq(attempt.generationId, id))
    expect(attempts).toMatchObject([{ costMicros: 400_000, priceMicros: 400_000 }])
    expect(await checkLedger()).toMatchObject({ mismatches: 0 })
    // The provider has the new part alone: of the whole it makes no larger version.
    expect((await offersOf(id)).upscale).toEqual([])
  })

  test('is extended again from its own job, and is all of it', { tags: 'long' }, async () => {
    const first = await start(await made('b fox'), native('on'))
    await toEnd(first.id)
    const second = await start(first.id, native('and on'))
    await toEnd(second.id)
    expect((await lookInto(pathOf(second.id))).numbers).toHaveLength(75)
    const [job, before] = [kie.jobsOf('and on')[0], kie.jobsOf('on')[0]]
    expect(job!.details.body).toMatchObject({ taskId: before!.reference })
  })

  test('is not joined where the provider has put it together', async () => {
    const { id } = await start(await made('c fox'), native('whole #kie:whole'))
    await toEnd(id)
    expect((await lookInto(pathOf(id))).numbers).toEqual(range(0, 25))
  })

  test('is kept as it came where its source is deleted meanwhile', async () => {
    const source = await made('d fox')
    const { id } = await start(source, native('alone'))
    await advance(id, deps)
    await deleteGeneration(ownerId, source, deps)
    await toEnd(source)
    const row = await toEnd(id)
    expect(row).toMatchObject({
      state: 'completed',
      chargedMicros: 400_000,
      note: says(
        'The new part could not be joined to the video it extends. This is the new part alone.',
      ),
    })
    expect((await lookInto(pathOf(id))).numbers).toEqual(range(0, 25))
  })

  test('goes on with its join after a crash, and pays nothing twice', async () => {
    const { id } = await start(await made('e fox'), native('crashed'))
    const edits = deps.providers.get('edits')!
    const dying = { ...edits, check: () => Promise.reject(new Error('killed')) }
    Object.assign(deps, { providers: new Map([...deps.providers, ['edits', dying]]) })
    for (let step = 0; (await findGeneration(id))!.wait?.code !== 'storage_down'; step += 1) {
      if (step > 500) throw new Error('the join was not reached')
      const { dueAt } = await advance(id, deps)
      deps.pass(Math.max(0, dueAt!.getTime() - deps.now().getTime()))
    }
    Object.assign(deps, { providers: new Map([...deps.providers, ['edits', edits]]) })
    expect(await toEnd(id)).toMatchObject({ state: 'completed', note: null, costMicros: 400_000 })
    expect((await lookInto(pathOf(id))).numbers).toHaveLength(50)
    expect(kie.jobsOf('crashed')).toHaveLength(1)
  })

  test('falls back to no other provider: the refusal is told, and what is held goes back', async () => {
    const { id } = await start(await made('f fox'), native('refused #kie:402'))
    expect(await toEnd(id)).toMatchObject({
      state: 'failed',
      errorCode: 'insufficient_credits',
      costMicros: 0,
      chargedMicros: 0,
      provider: 'kie',
    })
    expect(kie.jobsOf('refused #kie:402')).toHaveLength(0)
  })

  test('is never ordered again by itself where the answer was lost', async () => {
    const prompt = 'lost #kie:reset-after'
    const { id } = await start(await made('g fox'), native(prompt))
    for (let step = 0; step < 20; step += 1) {
      await advance(id, deps)
      deps.pass(60_000)
    }
    const row = (await findGeneration(id))!
    expect(row).toMatchObject({ state: 'submit_unknown', chargedMicros: null })
    expect(row.heldMicros).toBe(400_000)
    expect(kie.jobsOf(prompt)).toHaveLength(1)
  })
})

describe('an extension by Gemini Omni', () => {
  const omni = { model: 'gemini-omni-flash', duration: 3 }

  test('comes as one film, is paid for by what is added, and extended again', async () => {
    const source = await made('an owl', omni)
    expect((await offersOf(source)).extend[0]).toMatchObject({
      way: 'native',
      model: 'gemini-omni-extend',
      seconds: 8,
      usd: 0.8,
    })
    const { id } = await start(source, native('it flies'))
    expect(await toEnd(id)).toMatchObject({
      state: 'completed',
      costMicros: 800_000,
      chargedMicros: 800_000,
      note: null,
      attempts: [{ provider: 'gemini', model: 'gemini-omni-1.1-flash:extend' }],
    })
    expect((await lookInto(pathOf(id))).numbers).toEqual(range(0, 25))
    const again = await start(id, native('and lands'))
    await toEnd(again.id)
    const [first, second] = ['an owl', 'it flies'].map((prompt) => gemini.jobsOf(prompt)[0]!)
    expect(second!.details.request).toMatchObject({ previous_interaction_id: first!.reference })
    expect(gemini.jobsOf('and lands')[0]!.details.request).toMatchObject({
      previous_interaction_id: second!.reference,
    })
    expect(gemini.jobsOf('it flies')).toHaveLength(1)
  })

  test('is not offered where the film would grow beyond 30 s', async () => {
    const source = await made('a long owl', omni)
    await database()
      .update(asset)
      .set({ durationSeconds: 22.1 })
      .where(eq(asset.generationId, source))
    const { extend, notNative } = await offersOf(source)
    expect(extend.every(({ way }) => way === 'last_frame')).toBe(true)
    expect(notNative).toEqual(
      says('Google Gemini cannot make this video any longer. Extend it from the last frame.'),
    )
  })

  test('of what Google no longer keeps is refused, free, and what is held goes back', async () => {
    const source = await made('a lost owl', omni)
    gemini.jobsOf('a lost owl')[0]!.isCanceled = true
    const { id } = await start(source, native('on'))
    expect(await toEnd(id)).toMatchObject({
      state: 'failed',
      errorCode: 'not_found_or_expired',
      costMicros: 0,
      chargedMicros: 0,
    })
  })
})

describe('an extension from the last frame', () => {
  test('begins with that frame, which is shown once', { tags: 'long' }, async () => {
    const source = await made('h fox')
    const { id } = await start(source, lastFrame('it sleeps', 'veo-3.1-lite'))
    expect(fileViewOf((await findGeneration(id))!)).toMatchObject({
      modelLabel: 'Veo 3.1 Lite',
      settings: { work: { way: 'last_frame' }, inputs: { firstFrame: null, sources: [source] } },
      cost: { estimatedUsd: 0.2 },
    })
    expect(await toEnd(id)).toMatchObject({ state: 'completed', costMicros: 200_000, note: null })
    const seen = await lookInto(pathOf(id))
    expect(seen.numbers).toEqual([...range(0, 25), ...range(1, 25)])
    for (const [index, at] of seen.starts.entries()) expect(at).toBeCloseTo(index / 25, 3)
    expect(seen.sound!.duration).toBeCloseTo(1.96, 2)
    // The tone of the new part sounds already where its first frame is left out.
    const [begins, ends, ...added] = await toneOf(id)
    const late = (await lookInto(filmPath)).sound!.changes[0]!.at * 100
    for (const [place, off] of [
      begins!,
      ends! - 50,
      added[0]! + late - 100,
      added[1]! - 146,
    ].entries())
      expect([place, Math.abs(off)]).toEqual([place, expect.closeTo(0, 0)])
    const [job] = kie.jobsOf('it sleeps')
    const { imageUrls, generationType } = job!.details.body as Record<string, string[] & string>
    expect(generationType).toBe('FIRST_AND_LAST_FRAMES_2_VIDEO')
    const picture = await loadImage(Buffer.from(await (await fetch(imageUrls![0]!)).arrayBuffer()))
    expect([picture.width, picture.height]).toEqual([160, 96])
  })

  test('says at once where its source is gone before it begins, at no cost', async () => {
    const source = await made('i fox')
    const { id } = await start(source, lastFrame('too late'))
    await deleteGeneration(ownerId, source, deps)
    await toEnd(source)
    expect(await toEnd(id)).toMatchObject({
      state: 'failed',
      errorMessage: says('The video it starts from was deleted.'),
      chargedMicros: 0,
    })
    expect(kie.jobsOf('too late')).toHaveLength(0)
  })
})

describe('a larger version', () => {
  test.each([
    ['1080p', 25_000, { width: 1_800, height: 1_080 }],
    ['4K', 600_000, { width: 3_600, height: 2_160 }],
  ] as const)('in %s is ordered once, and booked', async (size, costMicros, sides) => {
    const prompt = `larger ${size}`
    const source = await made(prompt)
    const { id, settings } = await start(source, to(size))
    expect(settings).toMatchObject({ ...sides, resolution: size })
    const row = await toEnd(id)
    expect(row).toMatchObject({ state: 'completed', prompt, costMicros, chargedMicros: costMicros })
    expect((await lookInto(pathOf(id))).numbers).toEqual(range(0, 25))
    expect(kie.jobsOf(prompt)).toHaveLength(size === '4K' ? 2 : 1)
    expect(await offersOf(id)).toMatchObject({ upscale: [] })
  })

  test('whose order is lost waits for its user, and leads back to what was ordered', async () => {
    const prompt = 'lost 4k #kie:4k-lost*1'
    const { id } = await start(await made(prompt), to('4K'))
    for (let step = 0; step < 12; step += 1) {
      await advance(id, deps)
      deps.pass(60_000)
    }
    expect((await findGeneration(id))!.state).toBe('submit_unknown')
    expect(kie.jobsOf(prompt)).toHaveLength(2)
  })

  test('that is not to be had is refused at no cost', async () => {
    const { id } = await start(await made('none #kie:4k-none'), to('4K'))
    expect(await toEnd(id)).toMatchObject({
      state: 'failed',
      errorMessage: says('Kie.ai cannot make a 4K version of this video.'),
      chargedMicros: 0,
    })
  })
})

describe('what is offered', () => {
  test('is what the provider can make of a job of its own that it still keeps', async () => {
    const source = await made('offered')
    const offers = await offersOf(source)
    expect(offers.extend[0]).toEqual({
      way: 'native',
      model: 'veo-3.1-fast-extend',
      label: 'Veo 3.1 Fast Extend',
      providerLabel: 'Kie.ai',
      seconds: 8,
      usd: 0.4,
      upToUsd: 0.4,
    })
    expect(offers.extend[1]).toMatchObject({ way: 'last_frame', model: 'veo-3.1-fast', usd: 0.4 })
    expect(offers.notNative).toBeNull()
    expect(offers.upscale).toMatchObject([
      { to: '1080p', usd: 0.025 },
      { to: '4K', usd: 0.6 },
    ])
    const inTwoWeeks = new Date(deps.now().getTime() + 13 * 24 * 60 * 60_000)
    const later = await offersOf(source, inTwoWeeks)
    expect(later.extend.every(({ way }) => way === 'last_frame')).toBe(true)
    expect(later).toMatchObject({
      notNative: says(
        'Kie.ai no longer keeps this video, so it cannot extend it. Extend it from the last frame.',
      ),
      upscale: [],
    })
  })

  test('of a video of others or of this machine is the last frame alone', async () => {
    const { id } = await queueFile(deps, { ownerId })
    await setFinished(id)
    await database().update(asset).set({ durationSeconds: 2 }).where(eq(asset.generationId, id))
    const offers = await offersOf(id)
    expect(offers.extend.every(({ way }) => way === 'last_frame')).toBe(true)
    expect(offers).toMatchObject({ notNative: null, upscale: [] })
    await expect(start(id, native('no'))).rejects.toMatchObject({
      fields: [{ field: 'work', message: says(/Extend it from the last frame/) }],
    })
    await expect(start(id, to('4K'))).rejects.toMatchObject({ fields: [{ field: 'work' }] })
  })
})

describe('a start', () => {
  test('with the same key is the same, also when its source is gone since', async () => {
    const source = await made('same')
    const first = await start(source, native('once'), { idempotencyKey: 'k' })
    await deleteGeneration(ownerId, source, deps)
    const again = await start(source, native('once'), { idempotencyKey: 'k' })
    expect(again.id).toBe(first.id)
    await expect(start(source, native('else'), { idempotencyKey: 'k' })).rejects.toBeDefined()
  })

  test('names what is wrong with it', async () => {
    const source = await made('wrong')
    const fields = async (one: Promise<unknown>) =>
      one.then(
        () => [],
        (error: { fields?: { field: string }[] }) => error.fields!.map(({ field }) => field),
      )
    expect(await fields(start(source, native('  ')))).toEqual(['work.prompt'])
    expect(await fields(start(source, { operation: 'shrink' }))).toEqual(['work.operation'])
    expect(await fields(start(source, to('4K'), { maxUsd: 0.5 }))).toEqual(['maxUsd'])
    expect(await fields(start(newId('file'), native('x')))).toEqual(['source'])
    expect(await fields(start(source, lastFrame('x', 'wan-2.7')))).toEqual(['work'])
    expect(await fields(start(source, native('x'), { variations: 2 }))).toEqual(['variations'])
    const other = await queueFile(deps, { ownerId: 'another' })
    await setFinished(other.id)
    expect(await fields(start(other.id, native('x')))).toEqual(['source'])
    const running = await queueFile(deps, { ownerId })
    expect(await fields(start(running.id, native('x')))).toEqual(['source'])
    await setRow(source, { deletedAt: deps.now() })
    expect(await fields(start(source, native('x')))).toEqual(['source'])
  })
})
