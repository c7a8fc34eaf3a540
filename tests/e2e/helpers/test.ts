import { type APIRequestContext, type TestInfo, expect, test as base } from '@playwright/test'
import { type OpenAiChatServer, startOpenAiChatServer } from '../../emulators/openai-chat-server.ts'
import { AppServer, serverMs } from './servers/app-server.ts'
import { ContractWatch } from '../../contract/contract-watch.ts'
import { makeEmptyFolder } from './servers/data-folder.ts'
import { Studio } from './pages/studio.ts'
import { Wire } from './servers/wire.ts'
import { type Language, wordsIn } from './pages/words.ts'

interface TestFixtures {
  /** By whose words things are found on the screen. What the browser asks for is its `locale`. */
  language: Language
  /** The server a test speaks to: by default the one without any settings. */
  server: AppServer
  /** A first start, as users have it: for this test alone, on an empty data directory. */
  ownServer: AppServer
  /** The page of the video generator, and what a user does on it. */
  studio: Studio
  /** The same server behind a line that can be disturbed. Open the page at its address. */
  wire: Wire
  /** Every answer of the server is as its OpenAPI document says. */
  contract: ContractWatch
  /** Adds the server's own words to a failure. */
  serverWords: void
}

/** Each is started once a worker, when a test first asks for it: a worker lives on from one kind of test to another. */
interface WorkerFixtures {
  /** The product without any settings. */
  plainServer: AppServer
  /** A language model that says what the test has written down for it. */
  model: OpenAiChatServer
  /** The product with the renderer as users have it: the others put tiny films away instead of drawing. */
  drawingServer: AppServer
  /** The product with that model behind its chat, which takes images, and asks before it spends anything at all. */
  modelServer: AppServer
}

export { expect } from '@playwright/test'

export const test = base.extend<TestFixtures, WorkerFixtures>({
  plainServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => {
      const server = await AppServer.start()
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],

  model: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => {
      const model = await startOpenAiChatServer()
      await use(model)
      await model.close()
    },
    { scope: 'worker' },
  ],

  drawingServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => {
      const server = await AppServer.start({ drawsFilms: true })
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],

  modelServer: [
    async ({ model }, use) => {
      const variables = {
        ...variablesFor(model),
        CHAT_CONFIRM_ABOVE_USD: '0',
        CHAT_MODEL_SEES_IMAGES: 'on',
      }
      const server = await AppServer.start({ variables })
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],

  language: ['en', { option: true }],

  server: ({ plainServer }, use) => use(plainServer),

  baseURL: async ({ server }, use) => use(server.url),

  /** Clears what `reuseContext` leaves to the next test: all but the history of the tab, and what the cache keeps. */
  context: async ({ context, contract }, use) => {
    const end = contract.watch(context)
    await use(context)
    end()
    await context.clearPermissions()
    await context.setOffline(false)
  },

  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
  ownServer: async ({}, use, testInfo) => {
    const dataFolder = await makeEmptyFolder()
    const server = await AppServer.start({ dataFolder, drawsFilms: true })
    await use(server)
    await attachWords(server, testInfo)
    await server.dispose()
  },

  serverWords: [
    async ({ server }, use, testInfo) => {
      await use()
      await attachWords(server, testInfo)
    },
    { auto: true },
  ],

  contract: async ({ server }, use) => {
    const watch = new ContractWatch(server.url)
    await use(watch)
    expect(await watch.faults()).toEqual([])
  },

  request: async ({ request, contract }, use) => {
    await use(contract.of(request))
    await stopAll(request)
  },

  wire: async ({ server }, use) => {
    const wire = await Wire.to(server.url)
    await use(wire)
    wire.close()
  },

  studio: async ({ page, language }, use) => {
    await use(new Studio(page, wordsIn(language)))
    // Not past a server that the test has killed.
    await stopAll(page.request).catch(() => {})
  },
})

/**
 * Of tests that show one thing in several ways, `npm test` plays the one this is true for; the others are left to
 * `npm run test:long`. A test with no example of its kind beside it is not tagged.
 */
export const longUnless = (isPlayedAlways: boolean) => (isPlayedAlways ? {} : { tag: '@long' })

/** For tests of the renderer. */
export const drawingTest = test.extend({
  server: ({ drawingServer }, use) => use(drawingServer),
})

/** What tells the product to ask this model. */
export function variablesFor({ baseUrl }: OpenAiChatServer) {
  return { CHAT_BASE_URL: baseUrl, CHAT_API_KEY: 'sk-of-a-test', CHAT_MODEL: 'test-model' }
}

async function attachWords({ output }: AppServer, testInfo: TestInfo) {
  if (testInfo.status === testInfo.expectedStatus) return
  await testInfo.attach('server', { body: output, contentType: 'text/plain' })
}

/** What a test has left under way would cost the next one its place at the renderer. */
async function stopAll(request: APIRequestContext) {
  const response = await request.get('/api/file?status=pending')
  const { files } = (await response.json()) as { files: { id: string }[] }
  for (const { id } of files) await request.delete(`/api/file/${id}`)
}
