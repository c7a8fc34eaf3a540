import type { Page } from '@playwright/test'
import { isCompleted, longClip, startClip, waitForClip } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { Studio } from '../helpers/pages/studio.ts'
import { expect, test } from '../helpers/test.ts'
import { mostAtOnce } from '../helpers/servers/wire.ts'

// See mostAtOnce: an old stream and its follower, and one more on a slow machine.
const atHandOver = 3

test(
  'closed and opened again later, the same browser finds its video',
  { tag: '@long' },
  async ({ browser, server }) => {
    const baseURL = server.url
    const first = await browser.newContext({ baseURL })
    const studio = new Studio(await first.newPage())
    await studio.open()
    const prompt = 'A space station, the window was closed'
    const { id } = await studio.generate({ prompt })
    const storageState = await first.storageState()
    await first.close()

    const second = await browser.newContext({ baseURL, storageState })
    await waitForClip(second.request, id, isCompleted)
    const later = new Studio(await second.newPage())
    await later.open()
    await later.card(prompt).getByRole('button', { name: /^Open/ }).click()
    await expectToPlay(later.page.getByRole('dialog').locator('video'))
    await second.close()
  },
)

test('a second tab shows the video that the first one started', async ({ studio, context }) => {
  await studio.open()
  const prompt = 'A space station, seen from two sides'
  await studio.generate({ prompt, duration: 6, resolution: '720p' })
  const other = new Studio(await context.newPage())
  await other.open()
  await expect(other.progress.first()).toBeVisible()

  await expectToPlay(studio.video(prompt))
  await expectToPlay(other.video(prompt))
})

test(
  'eight tabs over HTTP/1.1 all show the video, with one stream',
  { tag: '@long' },
  async ({ studio, context, wire }) => {
    await studio.open(wire.url)
    // So long that all eight tabs stand before it is done; a render in front holds it back.
    const front = await startClip(context.request, { prompt: 'In front', ...longClip })
    const prompt = 'A space station, seen from eight sides'
    const { id } = await studio.generate({ prompt, duration: 6, resolution: '720p' })
    const tabs = [studio, ...(await openTabs(7, () => context.newPage(), wire.url))]
    for (const tab of tabs) await expect(tab.progress.first()).toBeVisible()
    await expect.poll(() => wire.openStreams).toBe(1)

    await context.request.post(`/api/file/${front.id}/cancel`)
    await waitForClip(context.request, id, isCompleted)
    for (const tab of tabs) await expect(tab.video(prompt)).toBeVisible()
    for (const tab of tabs) await expect(tab.video(prompt)).toHaveCount(1)
    await expectToPlay(tabs.at(-1)!.video(prompt))
    expect(mostAtOnce(wire.streams)).toBeLessThanOrEqual(atHandOver)
  },
)

async function openTabs(count: number, newPage: () => Promise<Page>, origin: string) {
  const tabs: Studio[] = []
  for (let opened = 0; opened < count; opened += 1) {
    const tab = new Studio(await newPage())
    await tab.open(origin)
    tabs.push(tab)
  }
  return tabs
}
