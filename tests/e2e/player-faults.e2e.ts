import type { Page } from '@playwright/test'
import { expectToPlay } from './helpers/playing.ts'
import { expect, test } from './helpers/test.ts'

const media = /\/api\/media\/[^/]+\/[^/]+\.mp4/

/** Plays the video on the stage again, as after a reload. */
async function reloaded(page: Page, prompt: string) {
  await page.reload()
  await page.getByRole('button', { name: `Open ${prompt}` }).click()
  return page.getByRole('dialog')
}

test('F35: the player says what is wrong with a video, and offers the way on', async ({
  studio,
  page,
}) => {
  const prompt = 'A crane'
  await studio.open()
  await studio.generate({ prompt })
  await expectToPlay(studio.video(prompt))

  // A codec that this browser does not know: the server has the file, the browser cannot play it.
  const answer = { status: 200, contentType: 'video/mp4', body: 'bytes of an unknown kind' }
  await page.route(media, (route) => route.fulfill(answer))
  const large = await reloaded(page, prompt)
  await expect(large.getByText('This browser cannot play')).toBeVisible()
  await expect(large.getByRole('alert').getByRole('link', { name: 'Download' })).toBeVisible()

  await page.unroute(media)
  await page.route(media, (route) => route.abort('connectionrefused'))
  await reloaded(page, prompt)
  await expect(large.getByText('The server cannot be reached.')).toBeVisible()
  await page.unroute(media)
  await large.getByRole('button', { name: 'Try again' }).click()
  await expect(large.getByText('The server cannot be reached.')).toHaveCount(0)
  await expectToPlay(large.locator('video'))

  await page.route(media, (route) => route.fulfill({ status: 404, body: '' }))
  await reloaded(page, prompt)
  await expect(large.getByText('it belongs to another session')).toBeVisible()
})

test('F35: sound without a picture is said, with the download', async ({ studio, page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(HTMLVideoElement.prototype, 'videoWidth', { get: () => 0 }),
  )
  await studio.open()
  await studio.generate({ prompt: 'A crane in H.265' })
  await expect(studio.stage.getByText('plays the sound but cannot show')).toBeVisible()
  await expect(
    studio.stage.getByRole('alert').getByRole('link', { name: 'Download' }),
  ).toBeVisible()
})
