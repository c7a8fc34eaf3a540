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
import { advance } from './advance.ts'
import { usualPace } from '../../pace.ts'

withTestDatabase()

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
