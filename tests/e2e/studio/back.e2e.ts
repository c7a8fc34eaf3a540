import { devices } from '@playwright/test'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

test(
  'F37: Back closes what is open and stays; nothing is left in the history',
  { tag: '@long' },
  async ({ studio, page }) => {
    await page.goto('/status')
    await page.getByRole('link', { name: 'Video generator' }).click()
    await studio.generateButton.waitFor()
    await studio.generate({ prompt: 'A stork' })
    await expectToPlay(studio.video('A stork'))
    await page.evaluate(() => Object.assign(window, { isSamePage: true }))
    const stays = async () => {
      await expect(page).toHaveURL(/video-generator$/)
      expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
    }
    const open = studio.card('A stork').getByRole('button', { name: /^Open/ })
    const dialog = page.getByRole('dialog')

    await open.click()
    await expect(dialog).toBeVisible()
    await page.goBack()
    await expect(dialog).toHaveCount(0)
    await stays()
    await page.goForward()
    await expect(dialog).toHaveCount(0)
    await stays()

    // Another dialog above the large view: one Back for each.
    await open.click()
    await dialog.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Share' }).click()
    const sharing = page.getByRole('dialog', { name: 'Share this video' })
    await expect(sharing).toBeVisible()
    await page.goBack()
    await expect(sharing).toHaveCount(0)
    await expect(page.getByRole('dialog', { name: 'A stork' })).toBeVisible()
    await page.goBack()
    await expect(dialog).toHaveCount(0)
    await stays()

    for (let times = 0; times < 10; times += 1) {
      await open.click()
      await expect(dialog).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(dialog).toHaveCount(0)
    }
    await studio.openModels()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect.poll(() => page.evaluate(() => history.state.layer ?? 0)).toBe(0)
    await page.goBack()
    await expect(page).toHaveURL(/status$/)
  },
)

test(
  'F37: a page reloaded with a dialog open is left with one Back',
  { tag: '@long' },
  async ({ studio, page }) => {
    await page.goto('/status')
    await studio.open()
    await studio.openModels()
    await expect.poll(() => page.evaluate(() => history.state.layer)).toBe(1)
    await page.reload()
    await expect(studio.generateButton).toBeEnabled()
    await expect.poll(() => page.evaluate(() => history.state.layer ?? 0)).toBe(0)
    await page.goBack()
    await expect(page).toHaveURL(/status$/)
  },
)

test.describe('on a phone', () => {
  const { defaultBrowserType: _engine, ...phone } = devices['iPhone 13']
  test.use(phone)

  test(
    'F37: Back folds the settings that cover the page, and closes what they opened first',
    { tag: '@long' },
    async ({ studio, page }) => {
      await page.goto('/status')
      await studio.open()
      const settings = page.getByRole('button', { name: /^Settings:/ })
      const isOpen = (open: boolean) =>
        expect(settings).toHaveAttribute('aria-expanded', String(open))
      await settings.click()
      await isOpen(true)
      await studio.openModels()
      await page.goBack()
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await isOpen(true)
      await page.goBack()
      await isOpen(false)
      for (let times = 0; times < 6; times += 1) {
        await settings.click()
        await isOpen(times % 2 === 0)
      }
      await settings.click()
      await studio.generate({ prompt: 'A stork' })
      await isOpen(false)
      await expect.poll(() => page.evaluate(() => history.state.layer ?? 0)).toBe(0)
      await page.goBack()
      await expect(page).toHaveURL(/status$/)
    },
  )
})
