import { setTimeout as sleep } from 'node:timers/promises'
import type { AppServer } from './helpers/app-server.ts'
import { booksOf } from './helpers/books.ts'
import { listClips, startClip, waitForClip, isCompleted } from './helpers/clips.ts'
import { databasePid } from './helpers/data-folder.ts'
import { expectToPlay } from './helpers/playing.ts'
import { providerTest, startProviderServer } from './helpers/provider-test.ts'
import { isAlive, isGoneWithin, signal } from './helpers/processes.ts'
import { expect, test } from './helpers/test.ts'

test.use({ server: ({ ownServer }, use) => use(ownServer) })

const backMs = 30_000
const paid = {
  model: 'veo-3.1-fast',
  duration: 8,
  resolution: '720p',
  generateAudio: true,
} as const

/** Ends the database in one way, and waits until the product has another one. */
async function dies(server: AppServer, how: NodeJS.Signals) {
  const before = await databasePid(server.dataFolder)
  signal(before!, how)
  const other = async () => {
    const now = await databasePid(server.dataFolder)
    return now !== undefined && now !== before && isAlive(now)
  }
  await expect.poll(other, { timeout: backMs }).toBe(true)
  const health = async () => (await fetch(`${server.url}/health`)).status
  await expect.poll(health, { timeout: backMs }).toBe(200)
}

test('P7: a database that dies while a video renders is back, and the open page shows it', async ({
  studio,
  page,
  ownServer,
}) => {
  await studio.open()
  const prompt = 'A storm at sea, the lights go out'
  const { id } = await studio.generate({ prompt, duration: 6, resolution: '720p' })
  await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
  await page.evaluate(() => document.documentElement.setAttribute('data-same', ''))
  for (const how of ['SIGQUIT', 'SIGKILL', 'SIGINT'] as const) await dies(ownServer, how)
  await expectToPlay(studio.video(prompt))
  await expect(page.locator('html[data-same]')).toHaveCount(1)
  expect(await listClips(page.request)).toHaveLength(1)

  const last = await databasePid(ownServer.dataFolder)
  await ownServer.kill('SIGTERM')
  expect(await isGoneWithin(last!, 1_000)).toBe(true)
  await sleep(1_500)
  expect(await databasePid(ownServer.dataFolder)).toBeUndefined()
  await ownServer.restart()
})

providerTest('P7: a submit in flight is paid once', async ({ emulated, playwright }) => {
  const server = await startProviderServer(emulated)
  const request = await playwright.request.newContext({ baseURL: server.url })
  const prompt = 'A lighthouse without power #kie:slow=3 #kie:webhook-none #kie:seconds=0'
  try {
    await request.post('/api/session')
    const { id } = await startClip(request, { prompt, ...paid })
    await waitForClip(request, id, ({ state }) => state === 'submitting')
    await dies(server, 'SIGKILL')
    await waitForClip(request, id, isCompleted)
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
  } finally {
    await request.dispose()
    await server.dispose()
  }
})
