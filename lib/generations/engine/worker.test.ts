import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest'
import {
  type InngestEmulator,
  startInngestEmulator,
} from '../../../tests/emulators/inngest/inngest-emulator.ts'
import { closedAddress } from '../../../tests/support/closed-address.ts'
import { killedInSubmit } from '../../../tests/support/generations/killed-in-submit.ts'
import { serveRoute } from '../../../tests/support/serve-route.ts'
import { queueFile, testGeneration } from '../../../tests/support/generations/test-generation.ts'
import { localBed } from '../../../tests/support/database/with-bed.ts'
import { answerInngest } from '../../doors/inngest/answer.ts'
import { env } from '../../env.ts'
import { startQueue, stopQueue, wakeGeneration, workQueue } from '../../jobs/queue.ts'
import { forgetProcessWide, processWide } from '../../process-wide.ts'
import { findGeneration } from '../queries.ts'
import { sweep } from './sweep.ts'
import { wakes } from './worker.ts'

const { test, bed } = localBed(({ provider }) => {
  const deps = testGeneration(provider, { concurrency: 2 })
  // The queue lives by the real clock, so all of it does here.
  deps.now = () => new Date()
  delete deps.databaseClock
  return deps
})

beforeAll(async () => {
  await startQueue()
  for (const { queue, onWake } of wakes) await workQueue(queue, (id) => onWake(id, bed.deps), 6)
})
afterAll(() => stopQueue(1_000))

function stateOf(fileId: string) {
  return findGeneration(fileId).then((row) => row?.state)
}

/** An executor of Inngest, and the product as it calls it. */
let inngest: InngestEmulator
let served: Awaited<ReturnType<typeof serveRoute>>

async function startInngest() {
  inngest = await startInngestEmulator()
  served = await serveRoute(answerInngest)
  const { signingKey, eventKey } = inngest.settings
  Object.assign(env(), {
    JOBS: 'inngest',
    INNGEST_SIGNING_KEY: signingKey,
    INNGEST_EVENT_KEY: eventKey,
    INNGEST_BASE_URL: inngest.url,
    PUBLIC_URL: served.url,
  })
  await inngest.sync(`${served.url}/api/inngest`)
}

async function stopInngest() {
  Object.assign(env(), { JOBS: 'database', PUBLIC_URL: undefined })
  await Promise.all([inngest.close(), served.close()])
  forgetProcessWide('inngest')
  forgetProcessWide('generation deps')
}

/** What wakes generations, each with its own beginning and end. Every one of them keeps what is promised below. */
const drivers: [name: string, begin: () => Promise<void>, end: () => Promise<void>][] = [
  ['the database', async () => {}, async () => {}],
  ['Inngest', startInngest, stopInngest],
]

describe.each(drivers)('woken by %s', (_name, begin, end) => {
  beforeAll(begin)
  afterAll(end)
  beforeEach(() => {
    forgetProcessWide('generation deps')
    processWide('generation deps', () => bed.deps)
  })

  test('a wake-up drives a generation to its end', async () => {
    const { id } = await queueFile(bed.deps)
    await wakeGeneration({ id })
    await expect.poll(() => stateOf(id)).toBe('completed')
  })

  test('a job that was lost is made up for by the sweep', async () => {
    const { id } = await queueFile(bed.deps)
    expect(await sweep(bed.deps)).toBe(1)
    await expect.poll(() => stateOf(id)).toBe('completed')
    expect(await sweep(bed.deps)).toBe(0)
  })

  test('a job that is delivered five times is done once', async () => {
    const { id } = await queueFile(bed.deps)
    await Promise.all(Array.from({ length: 5 }, () => wakeGeneration({ id })))
    await expect.poll(() => stateOf(id)).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('a whole queue runs through its slots, and places move up', async () => {
    const rows = []
    for (let index = 0; index < 6; index++)
      rows.push(await queueFile(bed.deps, { createdAt: new Date(Date.now() + index) }))
    const gate = Promise.withResolvers<void>()
    const done = bed.provider.onCheck
    bed.provider.onCheck = async (operation) => {
      await gate.promise
      return done(operation)
    }
    for (const { id } of rows) await wakeGeneration({ id })
    await expect.poll(() => bed.provider.jobs.length).toBe(2)
    expect((await findGeneration(rows[5]!.id))!.queuePlace).toBe(4)
    gate.resolve()
    for (const { id } of rows) await expect.poll(() => stateOf(id)).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(6)
  })

  test('a generation whose lease died with its process is taken up by the sweep', async () => {
    const { id } = await queueFile(bed.deps)
    const aSecondAgo = new Date(Date.now() - 1_000)
    await killedInSubmit(id, { now: () => aSecondAgo, leaseMs: 500 })
    await sweep(bed.deps)
    await expect.poll(() => stateOf(id)).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('one that is woken for later is driven then, and not before', async () => {
    const { id } = await queueFile(bed.deps)
    const at = new Date(Date.now() + 1_500)
    await wakeGeneration({ id, at })
    await expect.poll(() => stateOf(id)).toBe('completed')
    expect((await findGeneration(id))!.startedAt!.getTime()).toBeGreaterThanOrEqual(at.getTime())
  })
})

describe('where Inngest is to wake', () => {
  beforeAll(startInngest)
  afterAll(stopInngest)
  beforeEach(() => {
    forgetProcessWide('generation deps')
    processWide('generation deps', () => bed.deps)
  })
  afterEach(() => {
    Object.assign(env(), { INNGEST_BASE_URL: inngest.url })
    Object.assign(inngest.settings, { isDeaf: false, callsTwice: false })
    forgetProcessWide('wake events')
  })

  test('it does, and nothing else', async () => {
    const before = inngest.runs.length
    const { id } = await queueFile(bed.deps)
    await wakeGeneration({ id })
    await expect.poll(() => stateOf(id)).toBe('completed')
    const own = inngest.runs.slice(before).filter(({ event }) => event.data.fileId === id)
    expect(new Set(own.map(({ functionId }) => functionId))).toEqual(
      new Set(['photofinish-advance-call', 'photofinish-advance-store']),
    )
  })

  test('and calls twice each time, what is done is done once', async () => {
    inngest.settings.callsTwice = true
    const { id } = await queueFile(bed.deps)
    await wakeGeneration({ id })
    await expect.poll(() => stateOf(id)).toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
  })

  test('and cannot be reached, the database does at once', async () => {
    Object.assign(env(), { INNGEST_BASE_URL: closedAddress })
    const { id } = await queueFile(bed.deps)
    await wakeGeneration({ id })
    await expect.poll(() => stateOf(id)).toBe('completed')
  })

  test('and refuses the key, the database does', async () => {
    Object.assign(env(), { INNGEST_EVENT_KEY: 'revoked' })
    const { id } = await queueFile(bed.deps)
    await wakeGeneration({ id })
    await expect.poll(() => stateOf(id)).toBe('completed')
    Object.assign(env(), { INNGEST_EVENT_KEY: inngest.settings.eventKey })
  })

  test('and answers nothing, no start waits for it', async () => {
    inngest.settings.isDeaf = true
    const { id } = await queueFile(bed.deps)
    const woken = wakeGeneration({ id }).then(() => stateOf(id))
    expect(await woken).toBe('queued')
    await expect.poll(() => stateOf(id)).toBe('completed')
  })

  test('and takes events and never calls, the sweep finishes', async () => {
    inngest.vanish()
    const { id } = await queueFile(bed.deps)
    await wakeGeneration({ id })
    await expect
      .poll(async () => {
        await sweep(bed.deps)
        return stateOf(id)
      })
      .toBe('completed')
    expect(bed.provider.jobs).toHaveLength(1)
    inngest.comeBack()
  })
})
