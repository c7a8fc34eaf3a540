import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect } from 'vitest'
import { sql } from 'drizzle-orm'
import {
  aProviderError,
  scriptedProvider,
} from '../../../tests/support/generations/scripted-provider.ts'
import {
  driveToEnd,
  queueFile,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/films/tiny-mp4.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { database } from '../../db/client.ts'
import { findGeneration, timelineOf } from '../queries.ts'
import { advance } from './advance.ts'
import { usualPace } from '../../pace.ts'

const { test, bed } = localBed()

const { leaseMs } = usualPace

const rowOf = async (id: string) => (await findGeneration(id))!

describe('a generation', () => {
  test('goes its whole way, one committed step a call, every change told without a gap', async () => {
    const { id } = await queueFile(bed.deps)
    for (const state of ['waiting', 'storing', 'completed']) {
      const step = await advance(id, bed.deps)
      expect(step.stepped).toBe(true)
      expect((await findGeneration(id))?.state).toBe(state)
    }
    const states = (await timelineOf(id)).map(({ state }) => state)
    expect(states).toEqual(['queued', 'submitting', 'waiting', 'storing', 'completed'])
    expect((await rowOf(id)).version).toBe(states.length)
    expect(await advance(id, bed.deps)).toMatchObject({ dueAt: null, stepped: false })
    expect(bed.provider.jobs).toHaveLength(1)
    expect(bed.provider.released).toHaveLength(1)
  })

  test('rests in our storage with exactly the bytes the provider made', async () => {
    const { id } = await queueFile(bed.deps)
    const { row } = await driveToEnd(id, bed.deps)
    const stored = await readFile(join(bed.deps.folder, 'media', id, 'video.mp4'))
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
    expect(existsSync(join(bed.deps.folder, 'media', id, 'poster.jpg'))).toBe(true)
  })

  test('waits for its time, unless forced', async () => {
    const { id } = await queueFile(bed.deps)
    bed.provider.onCheck = async () => ({ status: 'pending', progress: 10, checkAgainMs: 5_000 })
    await advance(id, bed.deps)
    await advance(id, bed.deps)
    expect(await advance(id, bed.deps)).toMatchObject({ stepped: false })
    expect(bed.provider.checks).toBe(1)
    expect(await advance(id, bed.deps, { force: true })).toMatchObject({ stepped: true })
    expect(bed.provider.checks).toBe(2)
  })

  test('is stepped by one caller only, however many call at once', async () => {
    const { id } = await queueFile(bed.deps)
    const others = Promise.withResolvers<void>()
    bed.provider.onSubmit = (token) => others.promise.then(() => bed.provider.makeJob(token))
    let settled = 0
    const calls = Array.from({ length: 8 }, () => advance(id, bed.deps).finally(() => settled++))
    await expect.poll(() => settled).toBe(7)
    others.resolve()
    const steps = await Promise.all(calls)
    expect(steps.filter((step) => step.stepped)).toHaveLength(1)
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('is told of progress as it is reported, and never of progress backwards', async () => {
    const { id } = await queueFile(bed.deps)
    const reports = [10, 40, 20, 40.4]
    bed.provider.onCheck = async () => ({
      status: 'pending',
      progress: reports.shift()!,
      checkAgainMs: 0,
    })
    await advance(id, bed.deps)
    const seen: (number | null)[] = []
    while (reports.length > 0) {
      await advance(id, bed.deps)
      seen.push((await findGeneration(id))!.progress)
    }
    expect(seen).toEqual([10, 40, 40, 40])
    // Queued, submitting, waiting, and two figures that were news.
    expect((await rowOf(id)).version).toBe(5)
  })
})

describe('a submit', () => {
  test('that is refused without a job is tried three times and then fails with the reason', async () => {
    const { id } = await queueFile(bed.deps)
    let calls = 0
    bed.provider.onSubmit = async () => {
      calls++
      throw aProviderError()
    }
    const { row } = await driveToEnd(id, bed.deps)
    expect(calls).toBe(3)
    expect(row).toMatchObject({
      state: 'failed',
      errorCode: 'provider_unavailable',
      errorMessage: 'The provider is busy. Try again in a minute.',
    })
  })

  test('that is refused for good fails at once', async () => {
    const { id } = await queueFile(bed.deps)
    bed.provider.onSubmit = () =>
      Promise.reject(aProviderError({ retryable: false }, 'content_policy'))
    await advance(id, bed.deps)
    expect(await findGeneration(id)).toMatchObject({ state: 'failed', errorCode: 'content_policy' })
  })

  test('waits as long as the provider asks for', async () => {
    const { id } = await queueFile(bed.deps)
    bed.provider.onSubmit = () =>
      Promise.reject(aProviderError({ retryAfterSeconds: 77 }, 'rate_limited'))
    const { dueAt } = await advance(id, bed.deps)
    expect(dueAt!.getTime() - bed.deps.now().getTime()).toBe(77_000)
  })

  test.each([
    ['a timeout', new Error('socket hang up')],
    ['an outcome the adapter cannot tell', aProviderError({ submitOutcome: 'unknown' }, 'timeout')],
  ])('that ends in %s is never repeated: the job is looked up and found', async (_name, error) => {
    const { id } = await queueFile(bed.deps)
    bed.provider.onSubmit = async (token) => {
      bed.provider.makeJob(token)
      throw error
    }
    await advance(id, bed.deps)
    expect((await findGeneration(id))?.state).toBe('submit_unknown')
    const { row } = await driveToEnd(id, bed.deps)
    expect(row?.state).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('of which nothing can be told waits for the user, and is never repeated', async () => {
    bed.provider = scriptedProvider({ videoPath: await tinyMp4(), canFind: false })
    bed.deps = testGeneration(bed.provider)
    const { id } = await queueFile(bed.deps)
    bed.provider.onSubmit = () => Promise.reject(new Error('reset'))
    const { row } = await driveToEnd(id, bed.deps, 30)
    expect(row?.state).toBe('submit_unknown')
    expect(bed.provider.jobs).toHaveLength(0)
  })

  test('whose answer meets a database in trouble is written down once that is back', async () => {
    delete bed.provider.find
    const { id } = await queueFile(bed.deps)
    const restored = Promise.withResolvers<unknown>()
    const restore = () =>
      restored.resolve(database().execute(sql`alter table generation_away rename to generation`))
    bed.provider.onSubmit = async (token) => {
      await database().execute(sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`)
      await database().execute(sql`alter table generation rename to generation_away`)
      setTimeout(restore, 500)
      return bed.provider.makeJob(token)
    }
    await advance(id, bed.deps)
    await restored.promise
    expect(await findGeneration(id)).toMatchObject({
      state: 'waiting',
      operation: { job: bed.provider.jobs[0] },
    })
  })

  test('whose answer comes after the lease was lost still counts', async () => {
    const { id } = await queueFile(bed.deps)
    const answer = Promise.withResolvers<void>()
    bed.provider.onSubmit = async (token) => {
      const result = bed.provider.makeJob(token)
      await answer.promise
      return result
    }
    delete bed.provider.find
    const slow = advance(id, bed.deps)
    await expect.poll(() => bed.provider.jobs.length).toBe(1)
    bed.deps.pass(leaseMs + 1)
    await advance(id, bed.deps)
    expect((await findGeneration(id))?.state).toBe('submit_unknown')
    answer.resolve()
    await slow
    const { row } = await driveToEnd(id, bed.deps)
    expect(row?.state).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })
})

describe('the queue', () => {
  test('runs no more than allowed at once, the rest in order', async () => {
    bed.deps = testGeneration(bed.provider, { concurrency: 2 })
    bed.provider.onCheck = async () => ({ status: 'pending', checkAgainMs: 0 })
    const ids: string[] = []
    for (let index = 0; index < 4; index++) {
      ids.push((await queueFile(bed.deps)).id)
      bed.deps.pass(1)
    }
    // Called in the wrong order on purpose.
    for (const id of ids.toReversed()) await advance(id, bed.deps)
    for (const id of ids) await advance(id, bed.deps)
    const states = await Promise.all(ids.map(async (id) => (await findGeneration(id))!.state))
    expect(states).toEqual(['waiting', 'waiting', 'queued', 'queued'])
    expect((await findGeneration(ids[3]!))!.queuePlace).toBe(2)
  })

  test('says whose slot became free', async () => {
    const { id } = await queueFile(bed.deps)
    expect((await advance(id, bed.deps)).freed).toBeNull()
    expect((await advance(id, bed.deps)).freed).toBe('local')
  })

  test('counts no slot twice when many ask at once', async () => {
    bed.deps = testGeneration(bed.provider, { concurrency: 1 })
    bed.provider.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
    const rows = await Promise.all(Array.from({ length: 5 }, () => queueFile(bed.deps)))
    await Promise.all(rows.map(({ id }) => advance(id, bed.deps)))
    await Promise.all(rows.map(({ id }) => advance(id, bed.deps, { force: true })))
    expect(bed.provider.jobs).toHaveLength(1)
  })
})
