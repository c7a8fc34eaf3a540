import type { Locator, Page } from '@playwright/test'
import { small } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { longClip } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect } from '../helpers/test.ts'
import { expectNoRussian, expectOnlyRussian, wordsIn } from '../helpers/pages/words.ts'

const russian = wordsIn('ru')
const english = wordsIn('en')

const toRussian = (page: Page) => page.getByRole('button', { name: /Русский/ })
const toEnglish = (page: Page) => page.getByRole('button', { name: /English/ })

/** Plays a video for as long as the test looks at it. Returns what is to be found after the switch: it, still playing. */
async function playOn(video: Locator) {
  await video.evaluate((element: HTMLVideoElement) => {
    element.loop = true
    element.dataset.before = 'the switch'
  })
  await expectToPlay(video)
  return async () => {
    const same = video.page().locator('video[data-before]')
    await expect(same).toHaveJSProperty('paused', false)
    const time = () => same.evaluate((element: HTMLVideoElement) => element.currentTime)
    const before = await time()
    await expect.poll(time).not.toBe(before)
  }
}

/** Presses a button that is behind something open, which a click of the mouse would close. */
function press(button: Locator) {
  return button.evaluate((element: HTMLButtonElement) => element.click())
}

test(
  'in the studio, what is typed stays and what plays goes on',
  { tag: '@long' },
  async ({ studio, page }) => {
    const prompt = '1 + 1'
    await studio.open()
    await studio.generate({ prompt })
    await studio.prompt.fill('2 + 2')
    const expectToGoOn = await playOn(studio.video(prompt))
    await expectNoRussian(page)
    await expect(page).toHaveTitle('Video generator · Photofinish')

    await toRussian(page).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
    await expect(page).toHaveTitle('Генератор видео · Photofinish')
    const field = page.getByRole('textbox', { name: russian('composer.prompt'), exact: true })
    await expect(field).toHaveValue('2 + 2')
    await expectOnlyRussian(page)
    await expectToGoOn()

    await page.getByRole('link', { name: russian('header.status') }).click()
    await expect(page).toHaveTitle('Статус · Photofinish')
    await expectOnlyRussian(page)
    await page.goBack()
    await expect(field).toHaveValue('2 + 2')
    await page.reload()
    await expect(field).toHaveValue('2 + 2')
    await expectOnlyRussian(page)
    await toEnglish(page).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expectNoRussian(page)
  },
)

test(
  'a video that runs, a question and a menu go on in the new language',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await studio.generate({ prompt: '1 + 2', ...longClip })
    await expect(studio.progress.first()).toBeVisible()
    await studio.progress.first().evaluate((element) => (element.dataset.before = 'the switch'))
    await toRussian(page).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
    await expect(page.locator('[role=progressbar][data-before]').first()).toBeVisible()
    await expectOnlyRussian(page)
    await page
      .getByRole('button', { name: russian('card.action.cancel'), exact: true })
      .first()
      .click()

    await toEnglish(page).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    const prompt = '2 + 3'
    await studio.generate({ prompt })
    await expect(studio.video(prompt)).toBeVisible()
    const card = studio.card(prompt)
    await card.getByRole('button', { name: english('card.open', { prompt }) }).click()
    const large = page.getByRole('dialog', { name: prompt })
    const expectToGoOn = await playOn(large.locator('video'))
    await press(page.locator('header button[lang=ru]'))
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
    await expectOnlyRussian(page)
    await expectToGoOn()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: russian('studio.history.clear') }).click()
    const question = page.getByRole('alertdialog')
    await expect(question).toBeVisible()
    await press(page.locator('header button[lang=en]'))
    await expect(
      question.getByRole('button', { name: english('card.delete.confirmAll') }),
    ).toBeVisible()
    await expectNoRussian(page)
  },
)

test(
  'in a chat begun on this page nothing is lost, and what plays goes on',
  { tag: '@long' },
  async ({ chat, page }) => {
    await page.setViewportSize({ width: 1440, height: 900 })
    await chat.open()
    await chat.say(`a video of a lighthouse, ${small}`)
    await expect(chat.video(1)).toBeVisible()
    await chat.message.fill('3 + 3')
    const expectToGoOn = await playOn(chat.video(1))
    await toRussian(page).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
    await expect(page).toHaveTitle('Чат · Photofinish')
    const message = page.getByRole('textbox', { name: russian('chat.composer.message') })
    await expect(message).toHaveValue('3 + 3')
    await expectToGoOn()

    await page.locator('video[data-before]').evaluate((video) => delete video.dataset.before)
    await page
      .getByRole('button', { name: russian('chat.video.open') })
      .first()
      .click()
    const pane = page.getByRole('complementary', {
      name: russian('chat.video.numbered', { number: 1, kind: 'video' }),
      exact: true,
    })
    const expectPaneToGoOn = await playOn(pane.locator('video'))
    const pause = (words: typeof english) =>
      page.getByRole('button', { name: words('player.control.pause') })
    await expect(pause(russian)).toBeVisible()
    await toEnglish(page).click()
    await expect(pause(english)).toBeVisible()
    await expectNoRussian(page)
    await expectPaneToGoOn()
    await expect(chat.message).toHaveValue('3 + 3')
  },
)

test(
  'a language that cannot be loaded leaves the page as it is',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await studio.prompt.fill('5 + 5')
    await page.route('**/_next/static/**', (route) => route.abort())
    await toRussian(page).click()
    await expect(page.getByText(english('page.gap')).first()).toBeVisible()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(studio.prompt).toHaveValue('5 + 5')
  },
)
