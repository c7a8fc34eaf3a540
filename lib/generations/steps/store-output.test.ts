import { createServer } from 'node:http'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type KieEmulator, startKieEmulator } from '../../../tests/emulators/kie-emulator.ts'
import type { Emulator } from '../../../tests/emulators/emulator.ts'
import { startVertexEmulator } from '../../../tests/emulators/vertex-emulator.ts'
import { queueVeo, veoProviders } from '../../../tests/support/queue-veo.ts'
import { aProviderError } from '../../../tests/support/scripted-provider.ts'
import { withTestDatabase } from '../../../tests/support/test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  testGeneration,
} from '../../../tests/support/test-generation.ts'
import { tinyMp4 } from '../../../tests/support/tiny-mp4.ts'
import { waitUntil } from '../../../tests/support/wait-until.ts'
import { createKieProvider } from '../../ai/providers/kie/kie-provider.ts'
import type { Provider } from '../../ai/providers/provider.ts'
import { createVertexProvider } from '../../ai/providers/vertex/vertex-provider.ts'
import type { GenerationRow } from '../row.ts'
import { fileViewOf } from '../view.ts'
import { dueGenerations, findGeneration } from '../queries.ts'
import { startQueue, stopQueue } from '../../jobs/queue.ts'
import { advance } from '../engine/advance.ts'
import { cancelGeneration } from '../commands/cancel.ts'

withTestDatabase()
beforeAll(startQueue)
afterAll(() => stopQueue(1_000))

let emulator: KieEmulator
let deps: TestGeneration
const open: { close(): unknown }[] = []

beforeEach(async () => {
  await forgetEverything()
  emulator = await startKieEmulator({ apiKey: 'kie-key' })
  open.push(emulator)
  use(createKieProvider({ apiKey: 'kie-key', baseUrl: emulator.url, uploadUrl: emulator.url }))
})
afterEach(async () => {
  await deps.dispose()
  for (const one of open.splice(0)) await one.close()
})

function use(provider: Provider) {
  deps = Object.assign(testGeneration(provider), { fetch: globalThis.fetch })
}

async function make(prompt: string, differences: Parameters<typeof queueVeo>[1] = {}) {
  const { id } = await queueVeo(deps, { prompt: `${prompt} #kie:seconds=0`, ...differences })
  const { row } = await driveToEnd(id, deps, 200)
  return row!
}

const downloads = () => emulator.requests.filter((one) => one.startsWith('GET /media/')).length

const hoursSince = ({ createdAt }: GenerationRow) =>
  (deps.now().getTime() - createdAt.getTime()) / 3_600_000

async function expectStored(id: string) {
  const stored = await readFile(join(deps.folder, 'media', id, 'video.mp4'))
  expect(stored.equals(await readFile(await tinyMp4()))).toBe(true)
}

describe('a link', () => {
  test.each([
    ['that is good', '', 1],
    ['that leads on to another address', '#kie:link-redirect', 2],
    ['that has expired is asked for again', '#kie:link-403*1', 2],
    ['that is not there yet is asked for again', '#kie:link-404*2', 3],
    ['that answers a page at first is asked for again', '#kie:link-html*1', 2],
    ['whose file ends in the middle is fetched again', '#kie:link-truncated*1', 2],
    ['whose file is cut off, and says it is whole, is asked for again', '#kie:link-cut*1', 2],
  ])('%s is stored whole', async (_name, fault, asked) => {
    const row = await make(`a fox ${fault}`)
    expect(row).toMatchObject({ state: 'completed', output: null, isCostReported: true })
    expect(row.costMicros).toBe(400_000)
    await expectStored(row.id)
    expect(downloads()).toBe(asked)
    expect(emulator.jobs).toHaveLength(1)
  })

  test('that is slow is waited for', async () => {
    const row = await make('a fox #kie:link-slow=1')
    expect(row).toMatchObject({ state: 'completed' })
    await expectStored(row.id)
    expect(downloads()).toBe(1)
  })

  test('that breaks off again and again is fetched in the end', async () => {
    const row = await make('a fox #kie:link-truncated*4')
    expect(row.state).toBe('completed')
    await expectStored(row.id)
  })

  test('into a private network is never followed, nor asked for again by itself', async () => {
    const row = await make('a fox #kie:link-private')
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    const before = [...emulator.requests]
    deps.pass(24 * 60 * 60_000)
    expect(await dueGenerations(deps.now(), 10)).toEqual([])
    await driveToEnd(row.id, deps)
    expect(emulator.requests).toEqual(before)
    expect(downloads()).toBe(1)
  })

  test('to broken bytes is asked for again for an hour, and then is a failure', async () => {
    const row = await make('a fox #kie:link-cut')
    expect(row).toMatchObject({
      state: 'failed',
      errorCode: 'generation_failed',
      errorMessage: 'What came back is not a playable video. Try again.',
    })
    // It was paid for, whatever came of it.
    expect(row.costMicros).toBe(400_000)
    expect(hoursSince(row)).toBeGreaterThan(1)
    expect(hoursSince(row)).toBeLessThan(2)
  })

  test('to more than we take is a failure at once', async () => {
    const row = await make('a fox #kie:link-huge')
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    expect(downloads()).toBe(1)
  })

  test('to this machine is opened only for a provider of this machine', async () => {
    const { isOnThisMachine: _, ...elsewhere } = deps.providers.get('kie')!
    use(elsewhere)
    const row = await make('a fox')
    expect(row).toMatchObject({ state: 'failed', errorCode: 'generation_failed' })
    expect(downloads()).toBe(0)
  })
})

describe('a link that leads nowhere', () => {
  const wait = { code: 'link_not_ready', providerLabel: 'Kie.ai' }
  const rowOf = async (id: string) => (await findGeneration(id))!

  /** A paid video whose link was tried so many times. */
  async function triedFor(tries: number, faults: string) {
    const { id } = await queueVeo(deps, { prompt: `a fox #kie:seconds=0 ${faults}` })
    await driveToEnd(id, deps, 1 + 2 * tries)
    return id
  }

  test.each(['#kie:link-404', '#kie:link-403', '#kie:link-html'])(
    'is tried for a day, quickly at first, and only then given up: %s',
    async (fault) => {
      const id = await triedFor(6, fault)
      expect(await rowOf(id)).toMatchObject({ state: 'waiting', wait })
      expect(hoursSince(await rowOf(id)) * 60).toBeLessThan(2)
      await driveToEnd(id, deps, 90)
      expect(await rowOf(id)).toMatchObject({ state: 'waiting', wait, isDelayed: false })

      await driveToEnd(id, deps, 100)
      const row = await rowOf(id)
      expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired', wait: null })
      expect(row).toMatchObject({ isCostReported: true, attempts: [{ outcome: 'completed' }] })
      expect(row.costMicros).toBe(400_000)
      expect(hoursSince(row)).toBeGreaterThanOrEqual(24)
      expect(hoursSince(row)).toBeLessThan(25)
      expect(downloads()).toBeLessThan(70)
      expect(emulator.jobs).toHaveLength(1)
    },
  )

  test('is tried for as long, however often its status fails in between', async () => {
    const id = await triedFor(4, '#kie:link-404')
    const kie = deps.providers.get('kie')!
    const { check } = kie
    kie.check = () => Promise.reject(aProviderError())
    for (let looks = 0; looks < 5; looks++) await advance(id, deps, { force: true })
    expect(await rowOf(id)).toMatchObject({ state: 'waiting', wait })
    expect((await rowOf(id)).failures).toBe(5)
    kie.check = check
    await advance(id, deps, { force: true })
    expect(await rowOf(id)).toMatchObject({ state: 'storing', failures: 0 })
    await driveToEnd(id, deps, 200)
    expect(hoursSince(await rowOf(id))).toBeGreaterThanOrEqual(24)
  })

  test('delivers the video once it leads to it, hours later', async () => {
    const id = await triedFor(60, '#kie:link-404*30')
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'completed', wait: null, isCostReported: true })
    expect(hoursSince(row)).toBeGreaterThan(5)
    await expectStored(id)
    expect(emulator.jobs).toHaveLength(1)
  })

  test('is tried at once where the user asks for it', async () => {
    const id = await triedFor(20, '#kie:link-404*20')
    deps.pass(-60_000)
    expect(await advance(id, deps)).toMatchObject({ stepped: false })
    await advance(id, deps, { force: true })
    await advance(id, deps)
    expect(await rowOf(id)).toMatchObject({ state: 'completed' })
  })

  test('is tried again after it was given up, where the user asks for it', async () => {
    const id = await triedFor(100, '#kie:link-404')
    expect(await rowOf(id)).toMatchObject({ state: 'failed' })
    const { url } = await startFileServer()
    const kie = deps.providers.get('kie')!
    kie.check = async () => ({ status: 'completed', output: { kind: 'url', url } })
    await advance(id, deps, { force: true })
    await advance(id, deps)
    expect(await rowOf(id)).toMatchObject({ state: 'completed', errorCode: null, failures: 0 })
  })

  test('does not keep the next one from being started', async () => {
    deps.concurrency = 1
    const id = await triedFor(5, '#kie:link-404')
    expect(await make('a hare')).toMatchObject({ state: 'completed' })
    expect((await rowOf(id)).state).toBe('waiting')
  })

  test.each([true, false])('can be called off, and stays paid for: %s', async (isCancelable) => {
    let stopped = 0
    use({ ...deps.providers.get('kie')!, cancel: async () => void stopped++ })
    const prompt = 'a fox #kie:seconds=0 #kie:link-404'
    const { id } = await queueVeo(deps, { prompt, isCancelable })
    await driveToEnd(id, deps, 5)
    expect(fileViewOf(await rowOf(id))).toMatchObject({ canCancel: true, isBilledAnyway: true })
    await cancelGeneration('somebody', id, deps)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'canceled', attempts: [{ outcome: 'completed' }] })
    expect(row).toMatchObject({ isCostReported: true, wait: null })
    expect(row.costMicros).toBe(400_000)
    expect(stopped).toBe(0)
  })

  test('of a job that the provider has forgotten meanwhile is given up, and stays paid for', async () => {
    const id = await triedFor(9, '#kie:link-404')
    const kie = deps.providers.get('kie')!
    kie.check = () => Promise.reject(aProviderError({ retryable: false }, 'not_found_or_expired'))
    await driveToEnd(id, deps)
    const row = await rowOf(id)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
    expect(row.costMicros).toBe(400_000)
    expect(row.attempts).toMatchObject([{ outcome: 'completed', errorCode: null }])
  })
})

/** Serves the video, or leads on to `location`; keeps the key of every request. */
async function startFileServer(location?: string) {
  const keys: (string | undefined)[] = []
  const video = await readFile(await tinyMp4())
  const server = createServer((request, response) => {
    keys.push(request.headers.authorization)
    if (location) response.writeHead(302, { location }).end()
    else response.end(video)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/video.mp4`, keys }
}

test('the key goes to the provider’s own origin, and to none it leads on to', async () => {
  const elsewhere = await startFileServer()
  const own = await startFileServer(elsewhere.url)
  const { kie } = await veoProviders()
  use({
    ...kie,
    isOnThisMachine: true,
    check: async () => ({ status: 'completed', output: { kind: 'url', url: own.url } }),
    headersFor: (url): Record<string, string> =>
      url.origin === new URL(own.url).origin ? { authorization: 'Bearer key' } : {},
  })
  expect((await make('a fox')).state).toBe('completed')
  expect(own.keys).toEqual(['Bearer key'])
  expect(elsewhere.keys).toEqual([undefined])
})

describe('a fetch', () => {
  const atVertex = { provider: 'vertex', providerLabel: 'Vertex AI' }
  let vertex: Emulator
  let provider: Provider

  beforeEach(async () => {
    vertex = await startVertexEmulator()
    open.push(vertex)
    provider = createVertexProvider({ project: 'p', location: 'l', baseUrl: vertex.url })
    use(provider)
  })

  test('is stored whole', async () => {
    const row = await make('a fox #vertex:seconds=0', atVertex)
    expect(row).toMatchObject({ state: 'completed', costMicros: 1_200_000, isCostReported: false })
    await expectStored(row.id)
  })

  test('is not spoilt by a process that held the lease before and writes on', async () => {
    const isOver = Promise.withResolvers<void>()
    const paths: string[] = []
    use({
      ...provider,
      async fetch(operation, path, context) {
        paths.push(path)
        if (paths.length > 1) return provider.fetch!(operation, path, context)
        await writeFile(path, 'half of a video')
        await isOver.promise
        await writeFile(path, 'of another time')
      },
    })
    const { id } = await queueVeo(deps, { prompt: 'a fox #vertex:seconds=0', ...atVertex })
    await advance(id, deps)
    while ((await findGeneration(id))!.state !== 'storing') await advance(id, deps, { force: true })
    const before = advance(id, deps)
    await waitUntil(() => paths.length === 1)
    deps.pass(deps.pace.leaseMs + 1)
    await advance(id, deps)
    isOver.resolve()
    await before
    expect((await findGeneration(id))!.state).toBe('completed')
    await expectStored(id)
    expect(new Set(paths).size).toBe(2)
    expect(await readdir(deps.workFolder)).toEqual([])
  })

  test('takes away what a process that died has left', async () => {
    const { id } = await queueVeo(deps, { prompt: 'a fox #vertex:seconds=0', ...atVertex })
    await mkdir(join(deps.workFolder, `${id}-pictures`), { recursive: true })
    await writeFile(join(deps.workFolder, `${id}.lease.mp4`), 'half of a video')
    await writeFile(join(deps.workFolder, 'of-another'), '')
    await driveToEnd(id, deps)
    expect(await readdir(deps.workFolder)).toEqual(['of-another'])
  })

  test('that fails is made again', async () => {
    let outages = 2
    use({
      ...provider,
      fetch: async (...asked) => {
        if (outages-- > 0) throw aProviderError()
        await provider.fetch!(...asked)
      },
    })
    const row = await make('a fox #vertex:seconds=0', atVertex)
    expect(row.state).toBe('completed')
    expect(vertex.jobs).toHaveLength(1)
  })

  test('that now fails and now finds nothing is tried for a day, and no longer', async () => {
    let asked = 0
    use({
      ...provider,
      fetch: () =>
        Promise.reject(
          asked++ % 2 === 0
            ? aProviderError()
            : aProviderError({ retryable: false }, 'not_found_or_expired'),
        ),
    })
    const { id } = await queueVeo(deps, { prompt: 'a fox #vertex:seconds=0', ...atVertex })
    const { row } = await driveToEnd(id, deps, 400)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
    expect(hoursSince(row!)).toBeGreaterThanOrEqual(24)
    expect(hoursSince(row!)).toBeLessThan(26)
  })

  test('of a video that is gone fails with that reason', async () => {
    let asked = 0
    use({
      ...provider,
      fetch: () => {
        asked++
        return Promise.reject(aProviderError({ retryable: false }, 'not_found_or_expired'))
      },
    })
    const row = await make('a fox #vertex:seconds=0', atVertex)
    expect(row).toMatchObject({ state: 'failed', errorCode: 'output_expired' })
    expect(hoursSince(row)).toBeGreaterThanOrEqual(24)
    expect(asked).toBeGreaterThan(6)
  })
})
