import { phone } from '../../helpers/pages/axe.ts'
import { booksOf } from '../../helpers/servers/books.ts'
import { ChatRoom } from '../../helpers/pages/chat-room.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { providerTest } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

/** The chat with the rule-based director, and every provider there is. */
const test = providerTest.extend<{ chat: ChatRoom }>({
  // The studio is asked for because it stops what a test has left under way.
  chat: ({ studio }, use) => use(new ChatRoom(studio.page)),
})

test(
  'an example is made by a model that can do it, and changed in the steps it has',
  { tag: '@long' },
  async ({ chat, page, emulated }) => {
    await chat.open()
    await page.getByRole('button', { name: /^Make a square video/ }).click()
    await chat.sentBy(() => chat.sendButton.click())
    await expectToPlay(chat.video(1))
    const [square] = await chat.files()
    expect(square!.settings).toMatchObject({ model: 'wan-2.7', aspectRatio: '1:1', duration: 5 })
    expect(booksOf(emulated, square!.settings.prompt)).toEqual({ kie: 1 })
    await chat.expectQuiet()

    await chat.say('make it longer')
    await expect(chat.video(2)).toBeVisible()
    await chat.say('make it 6 seconds, 480p')
    await expect(chat.answers.last()).toContainText('5 s instead of 6 s and 720p instead of 480p')
    expect((await chat.files()).map(({ settings }) => settings.duration)).toEqual([5, 10, 5])
  },
)

test(
  'a canceled video is made again at the price on the button, and no more',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say('make a vertical video of a slow tide #kie:seconds=60')
    await expect(chat.card(1)).toContainText('Rendering at Kie.ai')
    await chat.card(1).getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByRole('button', { name: 'Cancel and pay' }).click()

    await chat.card(1).getByRole('button', { name: 'Make it again · $0.20' }).click()
    await expect(chat.card(2).getByText('version 2 of 2')).toBeVisible()
    const [, again] = await chat.files()
    expect(again!.settings).toMatchObject({ model: 'veo-3.1-lite', maxUsd: 0.2 })
  },
)

test(
  'a failed video is made with another model, at the price in the menu',
  { tag: '@long' },
  async ({ chat, page, emulated }) => {
    await chat.open()
    await chat.say('make a vertical video of a masked ball #kie:policy')
    const { prompt } = (await chat.files())[0]!.settings
    await expect(chat.card(1).getByRole('button', { name: 'Retry · $0.20' })).toBeEnabled()
    const other = chat.card(1).getByRole('button', { name: 'Retry with another model' })
    await page.setViewportSize(phone)
    const { x, width } = (await other.boundingBox())!
    expect(x + width).toBeLessThanOrEqual(phone.width)
    await other.click()
    await page.getByRole('menuitem', { name: /^Gemini Omni Flash.*\$0\.80/ }).click()
    await expectToPlay(chat.video(2))
    expect(booksOf(emulated, prompt)).toEqual({ gemini: 1 })
    const [, made] = await chat.files()
    expect(made!.settings).toMatchObject({ prompt, model: 'gemini-omni-flash', maxUsd: 0.8 })
  },
)

test(
  'a video whose model is gone is offered with another one',
  { tag: '@long' },
  async ({ chat }) => {
    await chat.open()
    await chat.say('make a vertical video of an old steam train #kie:retired')
    const instead = 'Use Veo 3.1 Fast · $0.40'
    await expect(chat.card(1).getByRole('button', { name: instead })).toBeVisible()
  },
)

test('a new version costs what its button says, whatever its video was quoted', async ({
  chat,
  page,
}) => {
  await chat.open()
  await chat.say('make a vertical video of a lighthouse')
  await expect(chat.video(1)).toBeVisible()
  await chat.card(1).getByRole('button', { name: 'Open' }).click()
  const large = chat.large(1)
  const button = large.getByRole('button', { name: 'Make a new version · $0.20' })
  await expect(button).toBeEnabled()
  // A model that is out makes none, and the button says so before it is clicked.
  await page.route('**/api/models', async (route) => {
    const answer = (await (await route.fetch()).json()) as { models: { id: string }[] }
    const models = answer.models.filter(({ id }) => id !== 'veo-3.1-lite')
    await route.fulfill({ json: { models } })
  })
  await page.reload()
  await chat.card(1).getByRole('button', { name: 'Open' }).click()
  await expect(large.getByText('Veo 3.1 Lite can’t make this right now.')).toBeVisible()
  await expect(large.getByRole('button', { name: 'Make a new version' })).toBeDisabled()
})
