import type { Page } from '@playwright/test'
import { film } from '../../support/films/film.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

const media = /\/api\/media\/[^/]+\/[^/]+\.mp4/

/** Plays the video on the stage again, as after a reload. */
async function reloaded(page: Page, prompt: string) {
  await page.reload()
  await page.getByRole('button', { name: `Open ${prompt}` }).click()
  return page.getByRole('dialog')
}

test(
  'F35: the player says what is wrong with a video, and offers the way on',
  { tag: '@long' },
  async ({ studio, page }) => {
    const prompt = 'A crane'
    await studio.open()
    await studio.generate({ prompt })
    await expectToPlay(studio.video(prompt))

    // A codec that this browser does not know: the server has the file, the browser cannot play it.
    const answer = { status: 200, contentType: 'video/mp4', body: 'bytes of an unknown kind' }
    await page.route(media, (route) => route.fulfill(answer))
    const large = await reloaded(page, prompt)
    await expect(large.getByText('This browser can’t play')).toBeVisible()
    await expect(large.getByRole('alert').getByRole('link', { name: 'Download' })).toBeVisible()

    await page.unroute(media)
    await page.route(media, (route) => route.abort('connectionrefused'))
    await reloaded(page, prompt)
    await expect(large.getByText('Can’t reach the server.')).toBeVisible()
    await page.unroute(media)
    await large.getByRole('button', { name: 'Try again' }).click()
    await expect(large.getByText('Can’t reach the server.')).toHaveCount(0)
    await expectToPlay(large.locator('video'))

    await page.route(media, (route) => route.fulfill({ status: 404, body: '' }))
    await reloaded(page, prompt)
    await expect(large.getByText('belongs to another session')).toBeVisible()
  },
)

test(
  'F35: sound without a picture is said, with the download',
  { tag: '@long' },
  async ({ studio, page }) => {
    await page.addInitScript(() =>
      Object.defineProperty(HTMLVideoElement.prototype, 'videoWidth', { get: () => 0 }),
    )
    await studio.open()
    await studio.generate({ prompt: 'A crane in H.265' })
    await expect(studio.stage.getByText('plays the sound but can’t show')).toBeVisible()
    await expect(
      studio.stage.getByRole('alert').getByRole('link', { name: 'Download' }),
    ).toBeVisible()
  },
)

test(
  'F35: a real film of H.265 with sound is said to have no picture here',
  { tag: '@long' },
  async ({ studio, page }) => {
    const body = await film({ codec: 'hevc', hasSound: true, frames: 30 })
    await page.route(media, (route) =>
      route.fulfill({ status: 200, contentType: 'video/mp4', body }),
    )
    await studio.open()
    await studio.generate({ prompt: 'A crane in H.265' })
    const video = studio.video('A crane in H.265')
    await expect(video).toBeVisible()
    const plays = await video.evaluate((element: HTMLVideoElement) =>
      element.canPlayType('video/mp4; codecs="hvc1.1.6.L93.B0"'),
    )
    test.skip(plays !== '', 'this browser shows H.265')
    await expect(studio.stage.getByText('plays the sound but can’t show')).toBeVisible()
    await expect(
      studio.stage.getByRole('alert').getByRole('link', { name: 'Download' }),
    ).toBeVisible()
  },
)
