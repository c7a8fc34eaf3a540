import { longClip, waitForClip } from '../helpers/clips.ts'
import { ChatRoom, small } from '../helpers/pages/chat-room.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { peopleTest } from '../helpers/people.ts'
import { killRendersUntilFinal } from '../helpers/renders.ts'
import { expect } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'

/** The product with every sentence a third longer. */
const test = peopleTest.extend<{ chat: ChatRoom }>({
  server: ({ stretchedServer }, use) => use(stretchedServer),
  chat: ({ studio }, use) => use(new ChatRoom(studio.page, studio.words)),
})

const words = wordsIn('stretched')

test.use({ language: 'stretched', contextOptions: { reducedMotion: 'reduce' } })

test(
  'the form, at rest and with what can be opened in it',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await expectFits(page, 'idle')
    await page.getByText(words('composer.more'), { exact: true }).click()
    await studio.prompt.fill('')
    await studio.generateButton.click()
    await expect(studio.prompt).toHaveAttribute('aria-invalid', 'true')
    await expectFits(page, 'more settings and a fault')
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      const settings = page.getByRole('button', {
        name: new RegExp(`^${words('composer.settings')}:`),
      })
      if (width < 1024) await settings.click()
      await studio.openModels()
      await expectFits(page, `the models, opened at ${width} px`)
      await page.keyboard.press('Escape')
    }
  },
)

test('videos that wait, run and end', { tag: '@long' }, async ({ studio, page, server }) => {
  await studio.open()
  const { id } = await studio.generate({ prompt: 'One', ...longClip })
  await studio.generate({ prompt: 'Two', ...longClip })
  await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
  await expect(studio.progress).toHaveCount(2)
  await expectFits(page, 'running and queued')
  await studio.cancelButton.first().click()
  await killRendersUntilFinal(page.request, server.dataFolder, id)
  const card = studio.card('One')
  const more = card.getByRole('button', { name: words('failure.more') })
  await expect(more).toBeVisible()
  await expectFits(page, 'failed and canceled')
  await more.click()
  await expect(page.getByRole('menu')).toBeVisible()
  await expectFits(page, 'a menu')
})

test(
  'a video that is done, its toast, its large view and its deletion',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await studio.generate({ prompt: 'Three' })
    await expect(studio.video('Three')).toBeVisible()
    await expectFits(page, 'done')
    const card = studio.card('Three')
    await card.getByRole('button', { name: words('card.open', { prompt: 'Three' }) }).click()
    await expect(page.getByRole('dialog').locator('video')).toBeVisible()
    await expectFits(page, 'large')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: words('studio.history.clear') }).click()
    await expect(page.getByRole('alertdialog')).toBeVisible()
    await expectFits(page, 'a question')
  },
)

test('the chat', { tag: '@long' }, async ({ chat, page }) => {
  await chat.open()
  await expectFits(page, 'an empty chat')
  await chat.say(`a video of a lighthouse, ${small}`)
  await expect(chat.video(1)).toBeVisible()
  await expectFits(page, 'a chat')
  await page.setViewportSize({ width: 1280, height: 900 })
  await chat
    .card(1)
    .getByRole('button', { name: words('chat.video.open') })
    .click()
  await expect(chat.large(1).locator('video')).toBeVisible()
  await expectFits(page, 'large in the chat')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 390, height: 900 })
  await page.getByRole('button', { name: words('chat.list.label'), exact: true }).click()
  await expect(page.getByRole('dialog', { name: words('chat.list.label') })).toBeVisible()
  await expectFits(page, 'the list of chats')
})

test('status, settings, and a page there is not', { tag: '@long' }, async ({ page, server }) => {
  for (const [path, title] of [
    ['/status', words('header.status')],
    ['/settings', words('header.settings')],
    ['/nowhere', words('page.notFoundTitle')],
  ] as const) {
    await page.goto(server.url + path)
    await expect(page.getByRole('heading', { name: title }).first()).toBeVisible()
    await expectFits(page, path)
  }
})
