import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { queueVeo, veoProviders } from '../../../tests/support/generations/queue-veo.ts'
import {
  type ScriptedProvider,
  aProviderError,
} from '../../../tests/support/generations/scripted-provider.ts'
import { withTestDatabase } from '../../../tests/support/database/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  testGeneration,
} from '../../../tests/support/generations/test-generation.ts'
import type { ProviderSign } from '../../ai/providers/provider.ts'
import { findGeneration } from '../queries.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { advance } from './advance.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

let kie: ScriptedProvider
let deps: TestGeneration
/** Ends every stream of a test. */
let ended: AbortController
let streams: { tell(sign: ProviderSign): void; breakOff(): void; end(): void }[]

beforeEach(async () => {
  await forgetEverything()
  ;({ kie } = await veoProviders())
  ended = new AbortController()
  streams = []
  kie.watch = (_operation, { signal }) => {
    const signs = new ReadableStream<ProviderSign>({
      start(controller) {
        const tell = (sign: ProviderSign) => controller.enqueue(sign)
        const breakOff = () => controller.error(aProviderError())
        const end = () => controller.close()
        streams.push({ tell, breakOff, end })
        signal.addEventListener('abort', breakOff)
      },
    })
    return signs.values()
  }
  deps = Object.assign(testGeneration(kie), { signal: ended.signal })
})
afterEach(() => {
  ended.abort()
  return deps.dispose()
})

/** A file that is waited for, with its stream open. */
async function watched() {
  const done = kie.onCheck
  kie.onCheck = async () => ({ status: 'pending', checkAgainMs: 60_000 })
  const { id } = await queueVeo(deps)
  await advance(id, deps)
  await advance(id, deps)
  await expect.poll(() => streams.length).toBe(1)
  return { id, finish: () => (kie.onCheck = done) }
}

const rowOf = async (id: string) => (await findGeneration(id))!
const progressOf = async (id: string) => (await rowOf(id)).progress
const isDue = async (id: string) => (await rowOf(id)).dueAt <= deps.now()

test('shows progress as it comes, never backwards, and whole percents only', async () => {
  const { id } = await watched()
  const { version } = await rowOf(id)
  for (const progress of [12.4, 12.9, 5, 40]) streams[0]!.tell({ progress, isNews: false })
  await expect.poll(() => progressOf(id)).toBe(40)
  expect((await rowOf(id)).version).toBe(version + 2)
  expect(await isDue(id)).toBe(false)
})

test('news have the provider asked now, and are not believed', async () => {
  const { id } = await watched()
  streams[0]!.tell({ isNews: true })
  await expect.poll(() => isDue(id)).toBe(true)
  expect((await rowOf(id)).state).toBe('waiting')
})

test.each(['end', 'breakOff'] as const)(
  'a stream’s %s does no harm, and a new one is opened',
  async (way) => {
    const { id, finish } = await watched()
    streams[0]!.tell({ progress: 30, isNews: false })
    await expect.poll(() => progressOf(id)).toBe(30)
    streams[0]![way]()
    await expect
      .poll(async () => {
        await advance(id, deps, { force: true })
        return streams.length
      })
      .toBe(2)
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', progress: 30, failures: 0 })
    finish()
    deps.pass(60_000)
    expect((await driveToEnd(id, deps)).row?.state).toBe('completed')
  },
)

test('one stream a job is open in a process', async () => {
  const { id } = await watched()
  for (let looks = 0; looks < 3; looks++) await advance(id, deps, { force: true })
  expect(streams).toHaveLength(1)
})

test('what a stream tells after the end changes nothing', async () => {
  const { id, finish } = await watched()
  finish()
  deps.pass(60_000)
  const { row } = await driveToEnd(id, deps)
  streams[0]!.tell({ progress: 50, isNews: true })
  streams[0]!.tell({ progress: 60, isNews: false })
  streams[0]!.end()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await rowOf(id)).toEqual(row)
})

test('a stream that cannot be opened does no harm', async () => {
  kie.watch = () => {
    throw aProviderError()
  }
  kie.onCheck = async () => ({ status: 'pending', progress: 7, checkAgainMs: 60_000 })
  const { id } = await queueVeo(deps)
  await advance(id, deps)
  await advance(id, deps)
  expect(await rowOf(id)).toMatchObject({ state: 'waiting', progress: 7, failures: 0 })
})
