import { booksOf } from '../../helpers/servers/books.ts'
import { isCompleted, startClip, waitForClip } from '../../helpers/clips.ts'
import { databaseDies } from '../../helpers/servers/database-dies.ts'
import { disturbStreams, refuse } from '../../helpers/pages/lines.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { providerTest as test } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

test('kill -9 while Kie is at work: after a restart the open page shows the video', async ({
  studio,
  page,
  emulated,
  server,
}) => {
  const prompt = 'A bridge in a storm #kie:held'
  await studio.open()
  const { id } = await studio.start(prompt)
  await waitForClip(page.request, id, ({ state }) => state === 'waiting')
  await page.evaluate(() => document.documentElement.setAttribute('data-same', ''))
  await server.kill('SIGKILL')
  await server.restart()
  emulated.emulators.kie.letGo(prompt)
  await expectToPlay(studio.video(prompt))
  await expect(page.locator('html[data-same]')).toHaveCount(1)
  await expect.poll(() => studio.readyToasts()).toBe(1)
  expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
})

test(
  'an orderly end in the middle of a submit: its answer is waited for',
  { tag: '@long' },
  async ({ studio, page, emulated, server }) => {
    const prompt = 'A bridge at noon #kie:slow=1 #kie:webhook-none #kie:seconds=0'
    await studio.open()
    const { id } = await studio.start(prompt)
    await waitForClip(page.request, id, ({ state }) => state === 'submitting')
    await server.kill('SIGTERM')
    await server.restart()
    await expectToPlay(studio.video(prompt))
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
  },
)

test('P7: a submit in flight is paid once where the database dies', async ({
  request,
  emulated,
  server,
}) => {
  const prompt = 'A lighthouse without power #kie:slow=3 #kie:webhook-none #kie:seconds=0'
  const paid = {
    model: 'veo-3.1-fast',
    duration: 8,
    resolution: '720p',
    generateAudio: true,
  } as const
  await request.post('/api/session')
  const { id } = await startClip(request, { prompt, ...paid })
  await waitForClip(request, id, ({ state }) => state === 'submitting')
  await databaseDies(server, 'SIGKILL')
  await waitForClip(request, id, isCompleted)
  expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
})

test(
  'a reload while Kie is at work loses nothing',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'A bridge in the sun #kie:held'
    await studio.open()
    await studio.start(prompt)
    await expect(studio.stage.getByText('Rendering at Kie.ai')).toBeVisible()
    await page.reload()
    await expect(studio.stage.getByText('Rendering at Kie.ai')).toBeVisible()
    emulated.emulators.kie.letGo(prompt)
    await expectToPlay(studio.video(prompt))
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
  },
)

test(
  'where the stream brings nothing, the poll delivers',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'A bridge in the fog #kie:seconds=1'
    await disturbStreams(page, refuse)
    await studio.open()
    await studio.start(prompt)
    await expectToPlay(studio.video(prompt))
    await expect(page.getByText(/delivered by poll/i).first()).toBeVisible()
    await expect.poll(() => studio.readyToasts()).toBe(1)
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
  },
)
