import { expectNoFaults, phone } from '../helpers/pages/axe.ts'
import { isCompleted, makeClip, waitForClip } from '../helpers/clips.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { expect, test } from '../helpers/test.ts'
import { expectOnlyRussian, wordsIn } from '../helpers/pages/words.ts'

test.use({
  locale: 'ru-RU',
  language: 'ru',
  viewport: phone,
  contextOptions: { reducedMotion: 'reduce' },
})

const words = wordsIn('ru')

test(
  'on a phone, in Russian: a crop, a frame and an animation',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const prompt = 'Бумажный кораблик'
    const { id, width, height } = await makeClip(page.request, { prompt, aspectRatio: '16:9' })
    await page
      .locator(`article[data-video=${id}]`)
      .getByRole('button', { name: words('edits.open'), exact: true })
      .click()
    const editor = page.getByRole('dialog', { name: words('edits.title') })
    const choose = (operation: 'crop' | 'frame' | 'animation') =>
      editor
        .getByRole('radio', { name: words(`edits.operation.${operation}`), exact: true })
        .check()
    /** Starts what is set, and answers what came of it. */
    const make = async (operation: 'crop' | 'frame' | 'animation') => {
      const answer = page.waitForResponse('**/api/edit')
      await editor
        .getByRole('button', { name: words(`edits.do.${operation}`), exact: true })
        .click()
      const { fileId } = (await (await answer).json()) as { fileId: string }
      await expect(editor).toBeHidden()
      return waitForClip(page.request, fileId, isCompleted)
    }
    const again = () =>
      page
        .locator(`article[data-video=${id}]`)
        .getByRole('button', { name: words('edits.open'), exact: true })
        .click()

    await choose('crop')
    await expectOnlyRussian(page)
    await expectFits(page, 'crop')
    await expectNoFaults(page, 'crop', '[role=dialog]')
    await page.setViewportSize(phone)
    const picture = (await editor.locator('[data-crop]').boundingBox())!
    await page.mouse.click(picture.x + picture.width * 0.9, picture.y + picture.height / 2)
    const focus = editor.getByRole('slider', { name: words('edits.focusX') })
    await expect(focus).toHaveValue('90')
    await focus.press('ArrowLeft')
    await expect(focus).toHaveValue('85')
    const cropped = await make('crop')
    expect(cropped.height).toBe(height)
    expect(cropped.width / cropped.height).toBeCloseTo(9 / 16, 0)
    expect(cropped.width).toBeLessThan(width)

    await again()
    await choose('frame')
    await editor.getByRole('button', { name: words('edits.lastFrame') }).click()
    await expectFits(page, 'frame')
    await page.setViewportSize(phone)
    expect(await make('frame')).toMatchObject({
      type: 'image',
      contentType: 'image/png',
      width,
      height,
    })

    await again()
    await choose('animation')
    await expectOnlyRussian(page)
    await expectFits(page, 'animation')
    await page.setViewportSize(phone)
    expect(await make('animation')).toMatchObject({ type: 'image', contentType: 'image/gif' })
  },
)
