import type { Page } from '@playwright/test'
import type { FileView } from '#lib/contract/file-view'
import { expectNoFaults, phone } from '../helpers/pages/axe.ts'
import { expect, test } from '../helpers/test.ts'
import { type Words, expectOnlyRussian, wordsIn } from '../helpers/pages/words.ts'

const address = '/tools/image-generator'

/** Starts an image by the keyboard, and answers the view the server gave for it. */
async function start(page: Page, words: Words, prompt: string): Promise<FileView> {
  const box = page.getByRole('textbox', { name: words('composer.prompt'), exact: true })
  await expect(box).toBeEditable()
  await box.fill(prompt)
  const answer = page.waitForResponse('**/api/generate/image')
  await box.press('Control+Enter')
  const { files } = (await (await answer).json()) as { files: [FileView] }
  return files[0]
}

/** The image on the stage, by its text alternative. */
const staged = (page: Page, words: Words, prompt: string) =>
  page
    .getByRole('region', { name: words('studio.stage.title') })
    .getByRole('img', { name: prompt, exact: true })

async function expectLoaded(page: Page, words: Words, prompt: string) {
  const image = staged(page, words, prompt)
  await expect(image).toBeVisible()
  await expect
    .poll(() => image.evaluate((one: HTMLImageElement) => one.naturalWidth))
    .toBeGreaterThan(0)
}

test('an image of one’s own size is made, found after a reload, looked at, and begins a video', async ({
  page,
  server,
}) => {
  const words = wordsIn('en')
  const prompt = 'A quiet lake at dusk'
  await page.goto(`${server.url}${address}`)
  const format = page.getByRole('radiogroup', { name: 'Format' })
  await format.getByRole('radio', { name: 'Custom' }).check()
  await page.getByLabel('Width in pixels').fill('32')
  await page.getByLabel('Height in pixels').fill('300')
  await page.getByRole('button', { name: /^Generate/ }).click()
  await expect(page.getByText('makes images of 64 to 4,096 pixels a side')).toBeVisible()
  await page.getByLabel('Width in pixels').fill('400')
  const { id } = await start(page, words, prompt)
  await expectLoaded(page, words, prompt)
  await page.reload()
  const history = page.getByRole('region', { name: 'History' })
  const card = history.getByRole('article', { name: prompt, exact: true })
  await expect(card).toContainText('400 × 300')

  // By keyboard alone.
  await card.getByRole('button', { name: `Open ${prompt}` }).press('Enter')
  const large = page.getByRole('dialog', { name: prompt })
  const picture = large.getByRole('region', { name: 'Image at 100%' })
  await picture.press('+')
  await expect(large.getByRole('region', { name: 'Image at 200%' })).toBeVisible()
  await large.getByRole('region', { name: 'Image at 200%' }).press('0')
  await expect(picture).toBeVisible()
  const download = large.getByRole('link', { name: 'Download' })
  await expect(download).toHaveAttribute('download', 'a-quiet-lake-at-dusk.png')
  await expectNoFaults(page, 'the large view of an image', '[role=dialog]')
  await page.keyboard.press('Escape')
  await expect
    .poll(() =>
      page.evaluate(() => (globalThis.history.state as { layer?: number } | null)?.layer ?? 0),
    )
    .toBe(0)
  await expectNoFaults(page, 'the studio for images')

  await card.getByRole('button', { name: 'Reuse settings' }).click()
  await expect(page.getByLabel('Width in pixels')).toHaveValue('400')
  await card.getByRole('link', { name: 'Animate' }).click()
  await expect(page).toHaveURL(new RegExp(`video-generator\\?firstFrame=${id}&aspectRatio=16%3A9$`))
  // The local renderer takes no pictures: the form says so, and keeps it for a model that does.
  await expect(page.getByText('Kept but not used here: 1 picture.').first()).toBeVisible()
})

test.describe('на телефоне', () => {
  test.use({ locale: 'ru-RU', viewport: phone })

  test(
    'изображение создаётся, остаётся после перезагрузки и удаляется',
    { tag: '@long' },
    async ({ page, server }) => {
      const words = wordsIn('ru')
      const prompt = 'Тихое озеро'
      await page.goto(`${server.url}${address}`)
      await expect(page.getByText('Здесь появятся ваши изображения.')).toBeVisible()
      await expectOnlyRussian(page)
      await page.getByRole('button', { name: /^Настройки: / }).click()
      await expect(page.getByRole('radio', { name: 'Своё' })).toBeVisible()
      await expectOnlyRussian(page)
      await start(page, words, prompt)
      // The settings have closed, and left the history.
      await expect
        .poll(() =>
          page.evaluate(() => (globalThis.history.state as { layer?: number } | null)?.layer ?? 0),
        )
        .toBe(0)
      await page.reload()
      await expectLoaded(page, words, prompt)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(phone.width)
      await expectOnlyRussian(page)
    },
  )
})
