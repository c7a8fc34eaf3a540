import { serverMs } from '../helpers/servers/app-server.ts'
import { booksOf } from '../helpers/servers/books.ts'
import { ChatRoom } from '../helpers/pages/chat-room.ts'
import { callFor } from '../helpers/chat-test.ts'
import { listClips } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { providerTest, startProviderServer } from '../helpers/provider-test.ts'
import { expect, variablesFor } from '../helpers/test.ts'

/** The product with every provider and a language model, which asks before it spends more than ten cents. */
const test = providerTest.extend<{ chat: ChatRoom }>({
  providerServer: [
    async ({ emulated, model }, use) => {
      const variables = { ...variablesFor(model), CHAT_CONFIRM_ABOVE_USD: '0.1' }
      const server = await startProviderServer(emulated, variables)
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],

  // The studio is asked for because it stops what a test has left under way.
  chat: ({ studio }, use) => use(new ChatRoom(studio.page)),
})

const wanted = {
  model: 'veo-3.1-fast',
  aspectRatio: 'portrait',
  seconds: 8,
  resolution: '720p',
} as const

test(
  'what costs money is asked about, and made after the click',
  { tag: '@long' },
  async ({ chat, page, model, emulated }) => {
    const prompt = 'A dollar in the rain'
    model.script = [{ calls: [callFor(prompt, wanted)] }, { text: 'It is **under way**.' }]
    await chat.open()
    await chat.say('make a video of a dollar in the rain with veo-3.1-fast')
    await expect(
      page.getByRole('heading', { name: 'Spend up to $1.20 on this video?' }),
    ).toBeVisible()
    await expect(
      page.getByText('about $0.40, up to $1.20 if it falls back to another provider'),
    ).toBeVisible()
    expect(booksOf(emulated, prompt)).toEqual({})
    expect(await listClips(page.request)).toEqual([])

    await page.getByRole('button', { name: 'Spend up to $1.20' }).click()
    await expectToPlay(chat.video(1))
    await expect(chat.answers).toContainText('under way')
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
    const [file] = await chat.files()
    expect(file!.settings).toMatchObject({ prompt, model: 'veo-3.1-fast', aspectRatio: '9:16' })
  },
)

test('what is declined is not made', { tag: '@long' }, async ({ chat, page, model, emulated }) => {
  const prompt = 'A dollar in the wind'
  model.script = [{ calls: [callFor(prompt, wanted)] }, { text: 'All right.' }]
  await chat.open()
  await chat.say('make a video of a dollar in the wind with veo-3.1-fast')
  await page.getByRole('button', { name: 'Not now' }).click()
  await expect(page.getByText('Not started. No charge.')).toBeVisible()
  await expect(chat.answers).toContainText('All right.')
  expect(booksOf(emulated, prompt)).toEqual({})
  expect(await listClips(page.request)).toEqual([])
})
