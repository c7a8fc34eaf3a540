import type { Page } from '@playwright/test'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { killRendersUntilFinal } from '../helpers/renders.ts'
import { expect } from '../helpers/test.ts'
import { expectOnlyRussian, wordsIn } from '../helpers/pages/words.ts'

const language = (page: Page) => page.locator('html').getAttribute('lang')

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU', language: 'ru', contextOptions: { reducedMotion: 'reduce' } })

  const words = wordsIn('ru')

  /** Words, layout and what axe looks at, of one state of a screen. */
  async function expectGood(page: Page, what: string) {
    await expectOnlyRussian(page)
    await expectFits(page, what)
    await expectNoFaults(page, what)
  }

  test('from the first visit to a playing video', async ({ studio, page }) => {
    await studio.open()
    expect(await language(page)).toBe('ru')
    await expectGood(page, 'idle')
    const prompt = 'Бумажный кораблик'
    await studio.generate({ prompt })
    await expectToPlay(studio.video(prompt))
    await expect(studio.stage.getByText(words('card.state.completed')).first()).toBeVisible()
    await expectOnlyRussian(page)
    await expectFits(page, 'done')
    await studio
      .card(prompt)
      .getByRole('button', { name: words('card.open', { prompt }) })
      .click()
    await expect(page.getByRole('dialog').locator('video')).toBeVisible()
    await expectGood(page, 'large')
  })

  test('from a failure to its retry', { tag: '@long' }, async ({ studio, page, server }) => {
    await studio.open()
    const prompt = 'Бумажный змей'
    const { id } = await studio.generate({ prompt, resolution: '1080p', duration: 2 })
    await expect(studio.progress.first()).toBeVisible()
    await expectOnlyRussian(page)
    await killRendersUntilFinal(page.request, server.dataFolder, id)
    const retry = studio.stage.getByRole('button', { name: words('card.action.retry') })
    await expect(retry).toBeVisible()
    await expectGood(page, 'failed')
    await retry.click()
    await expectToPlay(studio.video(prompt))
  })

  test('the chat', { tag: '@long' }, async ({ chat, page }) => {
    await chat.open()
    await expectGood(page, 'an empty chat')
    await chat.say(`сними видео: маяк в тумане, 2 секунды, 480p`)
    await expectToPlay(chat.video(1))
    await expect(chat.answers).toContainText(/[а-яё]{3}/)
    await expectGood(page, 'a chat')
    await chat
      .card(1)
      .getByRole('button', { name: words('chat.video.open') })
      .click()
    await expect(chat.large(1).locator('video')).toBeVisible()
    await expectOnlyRussian(page)
    await expectFits(page, 'large in the chat')
  })

  test('status, settings, and a page there is not', { tag: '@long' }, async ({ page, server }) => {
    for (const [path, title] of [
      ['/status', words('header.status')],
      ['/settings', words('header.settings')],
      ['/nowhere', words('page.notFoundTitle')],
    ] as const) {
      await page.goto(server.url + path)
      await expect(page).toHaveTitle(new RegExp(path === '/nowhere' ? '' : title))
      await expect(page.getByRole('heading', { name: title }).first()).toBeVisible()
      expect(await language(page)).toBe('ru')
      await expectGood(page, path)
    }
  })
})
