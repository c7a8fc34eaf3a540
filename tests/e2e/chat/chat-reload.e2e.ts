import type { ChatRoom } from '../helpers/pages/chat-room.ts'
import { long, small } from '../helpers/pages/chat-room.ts'
import { callFor, chatTest, modelTest } from '../helpers/chat-test.ts'
import { listClips, waitForClip } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect } from '../helpers/test.ts'

const manyWords = Array.from({ length: 30 }, (_, index) => `word-${index + 1}`).join(' ')

modelTest.describe('a reload in the middle of an answer', () => {
  modelTest('before its video is asked for', { tag: '@long' }, async ({ chat, page, model }) => {
    model.script = [
      { text: manyWords, calls: [callFor('A heron at a pond')], pieceDelayMs: 100 },
      { text: 'It is on its way.' },
    ]
    await chat.open()
    await chat.send('a heron, please')
    await expect(chat.answers).toContainText('word-5')
    expect(await listClips(page.request)).toEqual([])

    await page.reload()
    await expect(chat.answers).toContainText('It is on its way.')
    await expect(chat.answers).toContainText(manyWords)
    await expectToPlay(chat.video(1))
    await expectOnce(chat, 'a heron, please')
    // The answer was followed, not written a second time.
    expect(model.requests.map(({ messages }) => messages.at(-1)?.role)).toEqual(['user', 'tool'])
  })

  modelTest('after its video was started', async ({ chat, page, model }) => {
    model.script = [
      { calls: [callFor('A heron in reeds')] },
      { text: manyWords, pieceDelayMs: 100 },
    ]
    await chat.open()
    await chat.send('a heron in reeds')
    await expect(chat.answers).toContainText('word-5')
    await page.reload()
    await expect(chat.answers).toContainText(manyWords)
    await expectToPlay(chat.video(1))
    await expectOnce(chat, 'a heron in reeds')
  })

  modelTest(
    'and it ends before its stream is opened',
    { tag: '@long' },
    async ({ chat, page, model }) => {
      model.script = [{ text: manyWords, pieceDelayMs: 50 }]
      await chat.open()
      await chat.send('a heron in no hurry')
      await expect(chat.answers).toContainText('word-5')
      await page.route(`**/api/chat/${chat.chatId}/stream`, async (route) => {
        await expect.poll(async () => (await chat.read()).isAnswering).toBe(false)
        await route.fallback()
      })
      await page.reload()
      await chat.expectQuiet()
      await expect(chat.answers).toContainText(manyWords)
    },
  )

  modelTest.beforeEach(({ model }) => {
    model.requests.length = 0
  })
})

chatTest('a reload as soon as the message is sent', { tag: '@long' }, async ({ chat, page }) => {
  await chat.open()
  const wish = `a video of a heron taking off, ${small}`
  await chat.send(wish)
  await page.reload()
  await expectToPlay(chat.video(1))
  await expectOnce(chat, wish)
})

chatTest('a reload while the video renders', { tag: '@long' }, async ({ chat, page }) => {
  await chat.open()
  const wish = 'a video of a heron that waits, 6 seconds'
  await chat.say(wish)
  const { id } = (await chat.files())[0]!
  await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
  await page.reload()
  await expect(chat.card(1)).toBeVisible()
  await expectToPlay(chat.video(1))
  await expectOnce(chat, wish)
})

chatTest(
  'a chat that was left is found again with all that is in it',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say(`a video of a stork, ${small}`)
    await chat.say(`another video of a crane at work, ${long}`)
    await expect(chat.video(1)).toBeVisible()
    await page.getByRole('button', { name: 'New chat' }).click()
    await expect(chat.log).toHaveCount(0)
    await page.goBack()
    await expect(chat.questions).toHaveCount(2)
    await expect(chat.answers).toHaveCount(2)
    await expect(chat.video(1)).toBeVisible()
    await expect(chat.card(2).getByRole('button', { name: 'Cancel' })).toBeVisible()
    expect(await listClips(page.request)).toHaveLength(2)
  },
)

/** One message, one answer, one card, one row. */
async function expectOnce(chat: ChatRoom, question: string) {
  await chat.expectQuiet()
  await expect(chat.questions).toHaveText([question])
  await expect(chat.answers).toHaveCount(1)
  await expect(chat.log.locator('video')).toHaveCount(1)
  const clips = await listClips(chat.page.request)
  expect(clips.map(({ id }) => id)).toEqual((await chat.files()).map(({ id }) => id))
  expect(clips).toHaveLength(1)
}
