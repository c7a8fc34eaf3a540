import type { Page } from '@playwright/test'
import { listClips, waitForClip } from '../helpers/clips.ts'
import { databasePid } from '../helpers/servers/data-folder.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { isAlive } from '../helpers/servers/processes.ts'
import { expect, test } from '../helpers/test.ts'

const half = { duration: 6, resolution: '720p' } as const
// A requirement: what stops the product (a service manager, say) waits no longer.
const shutdownMs = 5_000

test(
  'kill -9 in mid-render: after a restart the open page shows the video',
  { tag: '@long' },
  async ({ studio, page, server }) => {
    await studio.open()
    const prompt = 'A storm at sea, the power fails'
    const { id } = await studio.generate({ prompt, ...half })
    await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
    await neverReloaded(page, async () => {
      const database = await databasePid(server.dataFolder)
      await server.kill('SIGKILL')
      expect(isAlive(database!)).toBe(true)

      await server.restart()
      // One database a data directory: the one that was left running goes on.
      expect(server.output).toContain('adopted')
      expect(await databasePid(server.dataFolder)).toBe(database)
      await expectToPlay(studio.video(prompt))
    })
    await expect(studio.video(prompt)).toHaveCount(1)
    const clips = await listClips(page.request)
    expect(clips.map((clip) => [clip.id, clip.status])).toEqual([[id, 'completed']])
  },
)

test(
  'SIGTERM with open streams: gone within 5 s, and the page goes on at the next start',
  { tag: '@long' },
  async ({ studio, page, context, server }) => {
    await studio.open()
    const prompt = 'A storm at sea, the crew changes'
    const { id } = await studio.generate({ prompt, ...half })
    const database = await databasePid(server.dataFolder)
    // Besides the page's stream some of programs, which do not end by themselves.
    const cookies = await context.cookies(server.url)
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    const channel = `${server.url}/api/v1/events/file.${id}`
    const streams = await Promise.all([1, 2, 3].map(() => fetch(channel, { headers: { cookie } })))
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200])

    await neverReloaded(page, async () => {
      expect(await server.kill('SIGTERM')).toBeLessThan(shutdownMs)
      // Told to end, not torn off.
      for (const stream of streams) expect(await stream.text()).toContain('retry: 500')
      expect(isAlive(database!)).toBe(false)
      await server.restart()
      await expectToPlay(studio.video(prompt))
    })
    expect(await listClips(page.request)).toHaveLength(1)
  },
)

/** Does something and makes sure that the page was the same document all the while. */
async function neverReloaded(page: Page, act: () => Promise<void>) {
  await page.evaluate(() => document.documentElement.setAttribute('data-same', ''))
  await act()
  await expect(page.locator('html[data-same]')).toHaveCount(1)
}
