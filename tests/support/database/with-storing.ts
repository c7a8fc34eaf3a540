import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { createKieProvider } from '#lib/ai/providers/kie/kie-provider'
import type { Provider } from '#lib/ai/providers/provider'
import type { GenerationRow } from '#lib/generations/row'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { type KieEmulator, startKieEmulator } from '../../emulators/kie/kie-emulator.ts'
import { queueVeo } from '../generations/queue-veo.ts'
import { withTestDatabase } from './test-database.ts'
import {
  type TestGeneration,
  driveToEnd,
  forgetEverything,
  testGeneration,
} from '../generations/test-generation.ts'
import { tinyMp4 } from '../films/tiny-mp4.ts'

/** Gives a test file a database, a queue, and an emulated Kie.ai whose finished videos are to be brought and stored. */
export function withStoring() {
  withTestDatabase()
  beforeAll(startQueue)
  afterAll(() => stopQueue(1_000))

  /** Closed after each test. */
  const open: { close(): unknown }[] = []
  let emulator: KieEmulator
  let deps: TestGeneration
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

  /** Has this provider make the next ones. */
  function use(provider: Provider) {
    deps = Object.assign(testGeneration(provider), { fetch: globalThis.fetch })
  }

  /** A video, from the start to its end. */
  async function make(prompt: string, differences: Parameters<typeof queueVeo>[1] = {}) {
    const { id } = await queueVeo(deps, { prompt: `${prompt} #kie:seconds=0`, ...differences })
    const { row } = await driveToEnd(id, deps, 200)
    return row!
  }

  async function expectStored(id: string) {
    const stored = await readFile(join(deps.folder, 'media', id, 'video.mp4'))
    expect(stored.equals(await readFile(await tinyMp4()))).toBe(true)
  }

  /** Serves a video, or leads on to `location`; keeps the key of every request. */
  async function startFileServer(location?: string, bytes?: Buffer) {
    const keys: (string | undefined)[] = []
    const video = bytes ?? (await readFile(await tinyMp4()))
    const server = createServer((request, response) => {
      keys.push(request.headers.authorization)
      if (location) response.writeHead(302, { location }).end()
      else response.end(video)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    open.push(server)
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/video.mp4`, keys }
  }

  return {
    open,
    use,
    make,
    expectStored,
    startFileServer,
    downloads: () => emulator.requests.filter((one) => one.startsWith('GET /media/')).length,
    hoursSince: ({ createdAt }: GenerationRow) =>
      (deps.now().getTime() - createdAt.getTime()) / 3_600_000,
    get deps() {
      return deps
    },
    get emulator() {
      return emulator
    },
  }
}
