import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sql } from 'drizzle-orm'
import {
  aProviderError,
  type ScriptedProvider,
  scriptedProvider,
} from '../../../tests/support/scripted-provider.ts'
import { killedInSubmit } from '../../../tests/support/killed-in-submit.ts'
import { withTestDatabase } from '../../../tests/support/test-database.ts'
import {
  type TestGeneration,
  forgetEverything,
  driveToEnd,
  queueFile,
  testGeneration,
} from '../../../tests/support/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/tiny-mp4.ts'
import { database } from '../../db/client.ts'
import { findGeneration, timelineOf } from '../queries.ts'
import { applyEvent } from '../store.ts'
import { advance } from './advance.ts'
import { usualPace } from './pace.ts'

withTestDatabase()

const ownerId = 'somebody'
const { leaseMs } = usualPace
let provider: ScriptedProvider
let deps: TestGeneration

beforeEach(async () => {
  await forgetEverything()
  provider = scriptedProvider({ videoPath: await tinyMp4() })
  deps = testGeneration(provider)
})
afterEach(() => deps.dispose())

const rowOf = async (id: string) => (await findGeneration(id))!
const wantsCancel = (id: string) => applyEvent(id, { type: 'cancel_requested', ownerId }, deps.now)
const wantsDeletion = (id: string) =>
  applyEvent(id, { type: 'delete_requested', ownerId }, deps.now)

describe('a generation', () => {
  test('goes its whole way, one committed step a call, every change told without a gap', async () => {
    const { id } = await queueFile(deps)
    for (const state of ['waiting', 'storing', 'completed']) {
      const step = await advance(id, deps)
      expect(step.stepped).toBe(true)
      expect((await findGeneration(id))?.state).toBe(state)
    }
    const states = (await timelineOf(id)).map(({ state }) => state)
    expect(states).toEqual(['queued', 'submitting', 'waiting', 'storing', 'completed'])
    expect((await rowOf(id)).version).toBe(states.length)
    expect(await advance(id, deps)).toMatchObject({ dueAt: null, stepped: false })
    expect(provider.jobs).toHaveLength(1)
    expect(provider.released).toHaveLength(1)
  })

  test('rests in our storage with exactly the bytes the provider made', async () => {
    const { id } = await queueFile(deps)
    const { row } = await driveToEnd(id, deps)
    const stored = await readFile(join(deps.folder, 'media', id, 'video.mp4'))
    const made = await readFile(await tinyMp4())
    expect(stored.equals(made)).toBe(true)
    expect(row).toMatchObject({
      state: 'completed',
      asset: {
        storageKey: `${id}/video.mp4`,
        sha256: createHash('sha256').update(made).digest('hex'),
        sizeBytes: made.length,
        width: 64,
        height: 64,
        videoCodec: 'avc',
        audioCodec: null,
        contentType: 'video/mp4',
        hasPoster: true,
        filmstripFrames: 8,
      },
      costMicros: 0,
    })
    expect(existsSync(join(deps.folder, 'media', id, 'poster.jpg'))).toBe(true)
  })

  test('waits for its time, unless forced', async () => {
    const { id } = await queueFile(deps)
    provider.onCheck = async () => ({ status: 'pending', progress: 10, checkAgainMs: 5_000 })
    await advance(id, deps)
    await advance(id, deps)
    expect(await advance(id, deps)).toMatchObject({ stepped: false })
    expect(provider.checks).toBe(1)
    expect(await advance(id, deps, { force: true })).toMatchObject({ stepped: true })
    expect(provider.checks).toBe(2)
  })

  test('is stepped by one caller only, however many call at once', async () => {
    const { id } = await queueFile(deps)
    const others = Promise.withResolvers<void>()
    provider.onSubmit = (token) => others.promise.then(() => provider.makeJob(token))
    let settled = 0
    const calls = Array.from({ length: 8 }, () => advance(id, deps).finally(() => settled++))
    await expect.poll(() => settled).toBe(7)
    others.resolve()
    const steps = await Promise.all(calls)
    expect(steps.filter((step) => step.stepped)).toHaveLength(1)
    expect(provider.jobs).toHaveLength(1)
  })

  test('is told of progress as it is reported, and never of progress backwards', async () => {
    const { id } = await queueFile(deps)
    const reports = [10, 40, 20, 40.4]
    provider.onCheck = async () => ({
      status: 'pending',
      progress: reports.shift()!,
      checkAgainMs: 0,
    })
    await advance(id, deps)
    const seen: (number | null)[] = []
    while (reports.length > 0) {
      await advance(id, deps)
      seen.push((await findGeneration(id))!.progress)
    }
    expect(seen).toEqual([10, 40, 40, 40])
    // Queued, submitting, waiting, and two figures that were news.
    expect((await rowOf(id)).version).toBe(5)
  })
})

describe('a submit', () => {
  test('that is refused without a job is tried three times and then fails with the reason', async () => {
    const { id } = await queueFile(deps)
    let calls = 0
    provider.onSubmit = async () => {
      calls++
      throw aProviderError()
    }
    const { row } = await driveToEnd(id, deps)
    expect(calls).toBe(3)
    expect(row).toMatchObject({
      state: 'failed',
      errorCode: 'provider_unavailable',
      errorMessage: 'The provider is busy. Try again in a minute.',
    })
  })

  test('that is refused for good fails at once', async () => {
    const { id } = await queueFile(deps)
    provider.onSubmit = () => Promise.reject(aProviderError({ retryable: false }, 'content_policy'))
    await advance(id, deps)
    expect(await findGeneration(id)).toMatchObject({ state: 'failed', errorCode: 'content_policy' })
  })

  test('waits as long as the provider asks for', async () => {
    const { id } = await queueFile(deps)
    provider.onSubmit = () =>
      Promise.reject(aProviderError({ retryAfterSeconds: 77 }, 'rate_limited'))
    const { dueAt } = await advance(id, deps)
    expect(dueAt!.getTime() - deps.now().getTime()).toBe(77_000)
  })

  test.each([
    ['a timeout', new Error('socket hang up')],
    ['an outcome the adapter cannot tell', aProviderError({ submitOutcome: 'unknown' }, 'timeout')],
  ])('that ends in %s is never repeated: the job is looked up and found', async (_name, error) => {
    const { id } = await queueFile(deps)
    provider.onSubmit = async (token) => {
      provider.makeJob(token)
      throw error
    }
    await advance(id, deps)
    expect((await findGeneration(id))?.state).toBe('submit_unknown')
    const { row } = await driveToEnd(id, deps)
    expect(row?.state).toBe('completed')
    expect(provider.jobs).toHaveLength(1)
  })

  test('of which nothing can be told waits for the user, and is never repeated', async () => {
    provider = scriptedProvider({ videoPath: await tinyMp4(), canFind: false })
    deps = testGeneration(provider)
    const { id } = await queueFile(deps)
    provider.onSubmit = () => Promise.reject(new Error('reset'))
    const { row } = await driveToEnd(id, deps, 30)
    expect(row?.state).toBe('submit_unknown')
    expect(provider.jobs).toHaveLength(0)
  })

  test('whose answer meets a database in trouble is written down once that is back', async () => {
    delete provider.find
    const { id } = await queueFile(deps)
    const restored = Promise.withResolvers<unknown>()
    const restore = () =>
      restored.resolve(database().execute(sql`alter table generation_away rename to generation`))
    provider.onSubmit = async (token) => {
      await database().execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
      await database().execute(sql`alter table generation rename to generation_away`)
      setTimeout(restore, 500)
      return provider.makeJob(token)
    }
    await advance(id, deps)
    await restored.promise
    expect(await findGeneration(id)).toMatchObject({
      state: 'waiting',
      operation: { job: provider.jobs[0] },
    })
  })

  test('whose answer comes after the lease was lost still counts', async () => {
    const { id } = await queueFile(deps)
    const answer = Promise.withResolvers<void>()
    provider.onSubmit = async (token) => {
      const result = provider.makeJob(token)
      await answer.promise
      return result
    }
    delete provider.find
    const slow = advance(id, deps)
    await expect.poll(() => provider.jobs.length).toBe(1)
    deps.pass(leaseMs + 1)
    await advance(id, deps)
    expect((await findGeneration(id))?.state).toBe('submit_unknown')
    answer.resolve()
    await slow
    const { row } = await driveToEnd(id, deps)
    expect(row?.state).toBe('completed')
    expect(provider.jobs).toHaveLength(1)
  })
})

describe('a crash', () => {
  const kill = (id: string) => killedInSubmit(id, { now: deps.now, leaseMs })

  test('before the call: nothing was made, so it is submitted, once', async () => {
    const { id } = await queueFile(deps)
    await kill(id)
    const { row } = await driveToEnd(id, deps)
    expect(row?.state).toBe('completed')
    expect(provider.jobs).toHaveLength(1)
  })

  test('between the call and the commit: the job is found, and not made again', async () => {
    const { id } = await queueFile(deps)
    const key = await kill(id)
    provider.makeJob(key)
    const { row } = await driveToEnd(id, deps)
    expect(row?.state).toBe('completed')
    expect(provider.jobs).toEqual([key])
  })

  test('leaves the generation to others only when its lease has ended', async () => {
    const { id } = await queueFile(deps)
    await kill(id)
    const step = await advance(id, deps, { force: true })
    expect(step.stepped).toBe(false)
    expect(step.dueAt!.getTime() - deps.now().getTime()).toBe(leaseMs)
  })

  test('of a process presumed dead that is not: what it wants to write later is not written', async () => {
    const { id } = await queueFile(deps)
    await advance(id, deps)
    const late = Promise.withResolvers<{
      status: 'failed'
      error: ReturnType<typeof aProviderError>
    }>()
    const prompt = provider.onCheck
    provider.onCheck = () => late.promise
    const zombie = advance(id, deps)
    await expect.poll(() => provider.checks).toBe(1)
    deps.pass(leaseMs + 1)
    provider.onCheck = prompt
    await driveToEnd(id, deps)
    late.resolve({ status: 'failed', error: aProviderError() })
    await zombie
    expect((await findGeneration(id))?.state).toBe('completed')
  })
})

describe('the queue', () => {
  test('runs no more than allowed at once, the rest in order', async () => {
    deps = testGeneration(provider, { concurrency: 2 })
    provider.onCheck = async () => ({ status: 'pending', checkAgainMs: 0 })
    const ids: string[] = []
    for (let index = 0; index < 4; index++) {
      ids.push((await queueFile(deps)).id)
      deps.pass(1)
    }
    // Called in the wrong order on purpose.
    for (const id of ids.toReversed()) await advance(id, deps)
    for (const id of ids) await advance(id, deps)
    const states = await Promise.all(ids.map(async (id) => (await findGeneration(id))!.state))
    expect(states).toEqual(['waiting', 'waiting', 'queued', 'queued'])
    expect((await findGeneration(ids[3]!))!.queuePlace).toBe(2)
  })

  test('says whose slot became free', async () => {
    const { id } = await queueFile(deps)
    expect((await advance(id, deps)).freed).toBeNull()
    expect((await advance(id, deps)).freed).toBe('local')
  })

  test('counts no slot twice when many ask at once', async () => {
    deps = testGeneration(provider, { concurrency: 1 })
    provider.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
    const rows = await Promise.all(Array.from({ length: 5 }, () => queueFile(deps)))
    await Promise.all(rows.map(({ id }) => advance(id, deps)))
    await Promise.all(rows.map(({ id }) => advance(id, deps, { force: true })))
    expect(provider.jobs).toHaveLength(1)
  })
})

describe('a wish to stop', () => {
  test('ends a queued file without a submit', async () => {
    const { id } = await queueFile(deps)
    await wantsCancel(id)
    await advance(id, deps)
    expect((await findGeneration(id))?.state).toBe('canceled')
    expect(provider.jobs).toHaveLength(0)
  })

  test('stops a running one at the provider', async () => {
    const { id } = await queueFile(deps)
    await advance(id, deps)
    await wantsCancel(id)
    await advance(id, deps, { force: true })
    expect((await findGeneration(id))?.state).toBe('canceled')
    expect(provider.canceled).toHaveLength(1)
  })

  test('that comes in the middle of a step is seen right after it', async () => {
    const { id } = await queueFile(deps)
    await advance(id, deps)
    provider.onCheck = async () => {
      await wantsCancel(id)
      return { status: 'pending', checkAgainMs: 60_000 }
    }
    const { dueAt } = await advance(id, deps)
    expect(dueAt!.getTime()).toBe(deps.now().getTime())
    await advance(id, deps)
    expect((await findGeneration(id))?.state).toBe('canceled')
  })

  test('a deletion takes the job, the bytes and the row', async () => {
    const { id } = await queueFile(deps)
    await driveToEnd(id, deps)
    await wantsDeletion(id)
    await advance(id, deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(existsSync(join(deps.folder, 'media', id))).toBe(false)
  })

  test('a deletion in mid-flight cancels first', async () => {
    const { id } = await queueFile(deps)
    await advance(id, deps)
    await wantsDeletion(id)
    await advance(id, deps)
    expect(await findGeneration(id)).toBeUndefined()
    expect(provider.canceled).toHaveLength(1)
  })
})

describe('looking and storing', () => {
  test('a look that fails is no failure of the video', async () => {
    const { id } = await queueFile(deps)
    await advance(id, deps)
    let outages = 40
    const prompt = provider.onCheck
    provider.onCheck = (operation) =>
      outages-- > 0 ? Promise.reject(new Error('502')) : prompt(operation)
    const { row } = await driveToEnd(id, deps, 100)
    expect(row?.state).toBe('completed')
    expect(provider.jobs).toHaveLength(1)
  })

  test('a full disk is waited for', async () => {
    const { id } = await queueFile(deps)
    const { storage } = deps
    let full = 5
    deps.storage = {
      ...storage,
      put: (key, path) =>
        full-- > 0
          ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }))
          : storage.put(key, path),
    }
    const { row } = await driveToEnd(id, deps)
    expect(row?.state).toBe('completed')
  })

  test('bytes that are no video are never shown as one', async () => {
    const { id } = await queueFile(deps)
    provider.onCheck = async () => ({
      status: 'completed',
      output: { kind: 'path', path: import.meta.filename },
    })
    const { row } = await driveToEnd(id, deps)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    expect(existsSync(join(deps.folder, 'media', id))).toBe(false)
  })

  test('bytes that were gone before they were ours are asked for again', async () => {
    const { id } = await queueFile(deps)
    const prompt = provider.onCheck
    let lost = true
    provider.onCheck = async (operation) => {
      if (!lost) return prompt(operation)
      lost = false
      return { status: 'completed', output: { kind: 'path', path: '/nowhere/video.mp4' } }
    }
    const { row } = await driveToEnd(id, deps)
    expect(row?.state).toBe('completed')
    expect(provider.jobs).toHaveLength(1)
  })

  test('bytes that are gone and cannot be asked for again are a clear failure', async () => {
    const { id } = await queueFile(deps)
    provider.onSubmit = async () => ({ completed: { kind: 'path', path: '/nowhere/video.mp4' } })
    const { row } = await driveToEnd(id, deps)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
  })

  test('a provider that is switched off meanwhile loses nothing', async () => {
    const { id } = await queueFile(deps)
    await advance(id, deps)
    const off = { ...deps, providers: new Map() }
    await advance(id, off)
    expect((await findGeneration(id))?.state).toBe('waiting')
    deps.pass(120_000)
    expect((await driveToEnd(id, deps)).row?.state).toBe('completed')
  })
})
