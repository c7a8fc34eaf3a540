import type { ChatRoom } from '../helpers/pages/chat-room.ts'
import { isMessage, small } from '../helpers/pages/chat-room.ts'
import { callFor, chatTest as test, modelTest } from '../helpers/chat-test.ts'
import { listClips } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect } from '../helpers/test.ts'

const manyWords = Array.from({ length: 40 }, (_, index) => `word-${index + 1}`).join(' ')

test('an answer that is given again pays for nothing again', async ({ chat, page }) => {
  await chat.open()
  await chat.say(`a video of a snail, ${small}`)
  const before = await chat.files()
  for (let times = 0; times < 2; times += 1)
    await doAndWait(chat, () => page.getByRole('button', { name: 'Answer again' }).click())
  await expectToPlay(chat.video(1))
  await expect(chat.answers).toHaveCount(1)
  expect((await chat.files()).map(({ id }) => id)).toEqual(before.map(({ id }) => id))
  expect(await listClips(page.request)).toHaveLength(1)
})

test(
  'a message that is edited is one more wish; said as before it is none',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    const first = `a video of a snail on a leaf, ${small}`
    await chat.say(first)
    await chat.say('now at night')
    expect(await listClips(page.request)).toHaveLength(2)

    await edit(chat, 0, first)
    await expect(chat.questions).toHaveText([first])
    expect(await listClips(page.request)).toHaveLength(2)

    const second = `a video of a beetle on a leaf, ${small}`
    await edit(chat, 0, second)
    await expect(chat.questions).toHaveText([second])
    await expect(chat.log.locator('video')).toHaveCount(1)
    await expect(chat.log.locator('video')).toHaveAccessibleName('beetle on a leaf')
    expect(await listClips(page.request)).toHaveLength(3)

    // Back to the first words: what they have cost, they have cost.
    await edit(chat, 0, first)
    await expect(chat.log.locator('video')).toHaveAccessibleName('snail on a leaf')
    expect(await listClips(page.request)).toHaveLength(3)
    await page.reload()
    await expect(chat.questions).toHaveText([first])
  },
)

test(
  'sent twice by the network, a message is answered once',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    const sent = page.waitForRequest(isMessage)
    await chat.say(`a video of a snail race, ${small}`)
    const data: unknown = (await sent).postDataJSON()
    const again = await Promise.all([1, 2].map(() => page.request.post('/api/chat', { data })))
    expect(again.map((response) => response.status())).toContain(200)
    expect(await listClips(page.request)).toHaveLength(1)
    const { messages } = await chat.read()
    expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
  },
)

modelTest.describe('stop', () => {
  const stops: Record<string, (chat: ChatRoom) => Promise<void>> = {
    'by the button': (chat) => chat.stopButton.click(),
    'by Escape': (chat) => chat.page.keyboard.press('Escape'),
  }
  for (const [how, stop] of Object.entries(stops))
    modelTest(
      `${how}: what was said stays, what was to come does not`,
      { tag: '@long' },
      async ({ chat, page, model }) => {
        model.requests.length = 0
        model.script = [{ text: manyWords, calls: [callFor('Never made')], pieceDelayMs: 200 }]
        await chat.open()
        await chat.send('a long story')
        await expect(chat.answers).toContainText('word-3')
        await stop(chat)
        await chat.expectQuiet()
        await expect(chat.answers.getByText('stopped early')).toBeVisible()
        await page.reload()
        await expect(chat.answers).toContainText('word-3')
        await expect(chat.answers).not.toContainText('word-40')
        await expect(chat.answers.getByText('stopped early')).toBeVisible()
        expect(await listClips(page.request)).toEqual([])
        // And the conversation goes on.
        await chat.say('and now in short')
        await expect(chat.answers.last()).toContainText('Done.')
        expect(model.requests).toHaveLength(2)
      },
    )
})

/** Changes a message of the user and waits for the end of the new answer. */
async function edit(chat: ChatRoom, place: number, text: string) {
  await chat.questions.nth(place).getByRole('button', { name: 'Edit message' }).click()
  await chat.page.getByRole('textbox', { name: 'Edited message' }).fill(text)
  await doAndWait(chat, () => chat.page.getByRole('button', { name: 'Send again' }).click())
}

async function doAndWait(chat: ChatRoom, act: () => Promise<void>) {
  await chat.sentBy(act)
  await chat.expectQuiet()
}
