import { Canvas } from '@napi-rs/canvas'
import { devices } from '@playwright/test'
import { makeClip } from '../helpers/clips.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { expect, test } from '../helpers/test.ts'
import { expectOnlyRussian, wordsIn } from '../helpers/pages/words.ts'

const { defaultBrowserType: _engine, ...phone } = devices['iPhone 13']
test.use({ ...phone, locale: 'ru-RU', contextOptions: { reducedMotion: 'reduce' } })

const words = wordsIn('ru')
const picture = new Canvas(64, 48).encodeSync('png')

test(
  'на телефоне: долгое нажатие выбирает, фильтры складываются, файл загружается',
  { tag: '@long' },
  async ({ page }) => {
    for (const prompt of ['Маяк', 'Лиса', 'Дождь']) await makeClip(page.request, { prompt })
    await page.goto('/library')
    const tiles = page.getByRole('gridcell')
    await expect(tiles).toHaveCount(3)
    await expectFits(page, 'the library')
    await page.setViewportSize(phone.viewport)
    await expectOnlyRussian(page)

    const filters = page.getByRole('button', { name: words('library.filter.title', { count: 0 }) })
    await expect(page.getByLabel(words('library.filter.status'))).toBeHidden()
    await filters.click()
    await expect(page.getByLabel(words('library.filter.status'))).toBeVisible()
    await expectFits(page, 'with filters')
    await page.setViewportSize(phone.viewport)
    await filters.click()

    // A finger rests, and then taps.
    const { x, y } = (await tiles.first().boundingBox())!
    const touch = await page.context().newCDPSession(page)
    const at = [{ x: x + 60, y: y + 60 }]
    await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: at })
    await expect(tiles.first()).toHaveAttribute('aria-selected', 'true')
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await tiles.nth(1).tap()
    const bar = page.getByRole('region', { name: words('library.selected', { count: 2 }) })
    await expect(bar).toBeVisible()
    await expectFits(page, 'with a selection')
    await page.setViewportSize(phone.viewport)
    await expectOnlyRussian(page)
    await bar.getByRole('button', { name: words('library.toTrash') }).click()
    await expect(tiles).toHaveCount(1)
    await page.getByRole('button', { name: words('library.undo') }).click()
    await expect(tiles).toHaveCount(3)

    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: words('library.import.choose') }).click()
    await (
      await chooser
    ).setFiles([
      { name: 'рамка.png', mimeType: 'image/png', buffer: picture },
      { name: 'записка.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') },
    ])
    await expect(page.getByRole('gridcell', { name: 'рамка.png' })).toBeVisible()
    const faults = page.getByRole('list', { name: words('library.import.title') })
    await expect(faults.getByRole('listitem')).toHaveCount(1)
    await expect(faults).toContainText('записка.pdf')
  },
)
