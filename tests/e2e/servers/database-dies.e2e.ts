import { setTimeout as sleep } from 'node:timers/promises'
import { listClips, waitForClip } from '../helpers/clips.ts'
import { databasePid } from '../helpers/servers/data-folder.ts'
import { databaseDies } from '../helpers/servers/database-dies.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { isGoneWithin } from '../helpers/servers/processes.ts'
import { expect, test } from '../helpers/test.ts'

test.use({ server: ({ ownServer }, use) => use(ownServer) })

test(
  'P7: a database that dies while a video renders is back, and the open page shows it',
  { tag: '@long' },
  async ({ studio, page, ownServer }) => {
    await studio.open()
    const prompt = 'A storm at sea, the lights go out'
    const { id } = await studio.generate({ prompt, duration: 6, resolution: '720p' })
    await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
    await page.evaluate(() => document.documentElement.setAttribute('data-same', ''))
    for (const how of ['SIGQUIT', 'SIGKILL', 'SIGINT'] as const) await databaseDies(ownServer, how)
    await expectToPlay(studio.video(prompt))
    await expect(page.locator('html[data-same]')).toHaveCount(1)
    expect(await listClips(page.request)).toHaveLength(1)

    const last = await databasePid(ownServer.dataFolder)
    await ownServer.kill('SIGTERM')
    expect(await isGoneWithin(last!, 1_000)).toBe(true)
    await sleep(1_500)
    expect(await databasePid(ownServer.dataFolder)).toBeUndefined()
    await ownServer.restart()
  },
)
