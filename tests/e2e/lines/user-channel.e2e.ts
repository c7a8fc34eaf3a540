import { isCompleted, longClip, startClip, waitForClip } from '../helpers/clips.ts'
import { disturbStreams, refuse } from '../helpers/pages/lines.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { Studio } from '../helpers/pages/studio.ts'
import { expect, test } from '../helpers/test.ts'

test.describe('P4: an open page follows what is done elsewhere', () => {
  test('a video of the API appears, gets ready and goes, without a reload', async ({
    studio,
    context,
  }) => {
    await studio.open()
    const prompt = 'A harbour at dawn, started by a program'
    const { id } = await startClip(context.request, { prompt })
    await expect(studio.page.getByText(prompt).first()).toBeVisible()
    await waitForClip(context.request, id, isCompleted)
    await expect(studio.card(prompt).getByRole('button', { name: /^Open/ })).toBeVisible()

    await context.request.delete(`/api/file/${id}`)
    await expect(studio.card(prompt)).toHaveCount(0)
  })

  test(
    'another device shows it too, and loses what is deleted here',
    { tag: '@long' },
    async ({ studio, context, browser, server }) => {
      await context.request.post('/api/session')
      await studio.open()
      const storageState = await context.storageState()
      const device = await browser.newContext({ baseURL: server.url, storageState })
      const phone = new Studio(await device.newPage())
      await phone.open()
      const prompt = 'A harbour at dawn, seen on the phone'
      const { id } = await studio.generate({ prompt })
      await waitForClip(context.request, id, isCompleted)
      await expect(phone.video(prompt)).toBeVisible()

      const next = 'A harbour at dawn, so that the stage is another one’s'
      await studio.generate({ prompt: next })
      await phone.page.request.delete(`/api/file/${id}`)
      await expect(studio.card(prompt)).toHaveCount(0)
      await expect(phone.card(prompt)).toHaveCount(0)
      await device.close()
    },
  )

  test(
    'by the poll of the list, where no stream gets through',
    { tag: '@long' },
    async ({ studio, context }) => {
      await disturbStreams(studio.page, refuse)
      await studio.open()
      const prompt = 'A harbour at dawn, by the slow way'
      await startClip(context.request, { prompt })
      await expect(studio.page.getByText(prompt).first()).toBeVisible()
      await expect(studio.card(prompt).getByRole('button', { name: /^Open/ })).toBeVisible()
    },
  )
})

test.describe('F15: durations, whatever the browser’s clock says', () => {
  for (const [what, offMs] of [
    ['an hour ahead', 3_600_000],
    ['an hour behind', -3_600_000],
  ] as const)
    test(`a clock ${what}`, { tag: '@long' }, async ({ studio, page }) => {
      await page.addInitScript((off) => {
        const now = Date.now.bind(Date)
        Date.now = () => now() + off
      }, offMs)
      await studio.open()
      const prompt = `A harbour at dawn, by a clock ${what}`
      // Its clock runs for long enough to be seen.
      await studio.generate({ prompt, duration: 4, resolution: '720p' })
      await expect(studio.stage).toContainText(/\d:\d\d\.\d/)
      await expect(studio.stage).not.toContainText(/\d+:\d\d:\d\d|\d{2}:\d\d\.\d/)
      await expectToPlay(studio.video(prompt))
      await expect(studio.stage).toContainText(/Delivered by (stream|poll), [\d.]+ m?s/i)
      await expect(studio.stage).not.toContainText(/\b1 h\b|[-−]\d/)
    })

  test('a clock that is set while the page is open', { tag: '@long' }, async ({ studio, page }) => {
    await page.addInitScript(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + Number(localStorage.getItem('skew') ?? 0)
    })
    await studio.open()
    const prompt = 'A harbour at dawn, when the clocks change'
    await studio.start(prompt)
    for (const skew of [3_600_000, -3_600_000, 0]) {
      await page.evaluate((ms) => localStorage.setItem('skew', String(ms)), skew)
      await page.waitForTimeout(300)
      await expect(studio.stage).not.toContainText(/\d+:\d\d:\d\d|\d{2}:\d\d\.\d|[-−]\d/)
    }
    await expect(studio.video(prompt)).toBeVisible()
  })
})

test.describe('F1: a video that is not this session’s any more', () => {
  test(
    'is said when the cookies are cleared, and after the reload',
    { tag: '@long' },
    async ({ studio, page, context }) => {
      await studio.open()
      const prompt = 'A harbour at dawn, and the cookies are gone'
      const { id } = await startClip(context.request, { prompt, ...longClip })
      const { cookies } = await context.storageState()
      await expect(page.getByText(prompt).first()).toBeVisible()
      await context.clearCookies()
      await expect(page.getByText('Cookies are blocked or were cleared').first()).toBeVisible()
      await expect(page.getByText(prompt).first()).toBeVisible()

      await page.reload()
      const lost = page.getByRole('article', { name: 'This video belongs to another session' })
      await expect(lost).toContainText(prompt)
      await expect(lost).toContainText(id)
      await lost.getByRole('button', { name: 'Dismiss' }).click()
      await expect(lost).toHaveCount(0)
      await page.reload()
      await expect(studio.generateButton).toBeEnabled()
      await expect(lost).toHaveCount(0)
      await context.addCookies(cookies)
      await context.request.delete(`/api/file/${id}`)
    },
  )

  test(
    'F39: a browser that refuses cookies is named as such',
    { tag: '@long' },
    async ({ studio, page, wire }) => {
      wire.passesCookies = false
      await studio.open(wire.url)
      const prompt = 'A harbour at dawn, and no cookies'
      await studio.start(prompt)
      const lost = page.getByRole('article', { name: /Cookies are blocked/ })
      await expect(lost).toContainText(prompt)
      await expect(lost).toContainText('Allow cookies for this site')
    },
  )
})
