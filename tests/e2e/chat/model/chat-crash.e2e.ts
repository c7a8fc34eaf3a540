import type { Page } from '@playwright/test'
import { ChatRoom } from '../../helpers/pages/chat-room.ts'
import { callFor, chatTest, modelTest } from '../../helpers/chat-test.ts'
import { listClips, waitForClip } from '../../helpers/clips.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { expect } from '../../helpers/test.ts'

chatTest(
  'kill -9 in mid-render: open page and reloaded page show the one video',
  { tag: '@long' },
  async ({ chat, page, context, server }) => {
    await chat.open()
    await chat.say('a video of a storm over the chat, 6 seconds')
    const { id } = (await chat.files())[0]!
    await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
    await markDocument(page)
    await server.kill('SIGKILL')
    await server.restart()

    const reloaded = new ChatRoom(await context.newPage())
    await reloaded.open('', chat.chatId)
    for (const room of [chat, reloaded]) {
      await expectToPlay(room.video(1))
      await expect(room.questions).toHaveCount(1)
      await expect(room.answers).toHaveCount(1)
    }
    await expectSameDocument(page)
    const clips = await listClips(page.request)
    expect(clips.map((clip) => [clip.id, clip.status])).toEqual([[id, 'completed']])
  },
)

modelTest(
  'kill -9 in mid-answer: it is taken up where it was left, and nothing is started twice',
  async ({ chat, context, model, server }) => {
    model.requests.length = 0
    model.script = (body) =>
      body.messages.at(-1)?.role === 'tool'
        ? { text: 'Started, and this takes a while to say to its very end.', pieceDelayMs: 300 }
        : { text: 'On it.', calls: [callFor('A storm in mid-sentence')] }
    await chat.open()
    await chat.send('a storm, please')
    await expect(chat.answers).toContainText('Started, and')
    await markDocument(chat.page)
    await server.kill('SIGKILL')
    await server.restart()

    const reloaded = new ChatRoom(await context.newPage())
    await reloaded.open('', chat.chatId)
    for (const room of [chat, reloaded]) {
      await expect(room.answers).toContainText('to its very end.')
      await room.expectQuiet()
      await expect(room.answers).toHaveCount(1)
      await expectToPlay(room.video(1))
    }
    await expectSameDocument(chat.page)
    expect(await listClips(context.request)).toHaveLength(1)
    // The model was asked for the video once, and only for the rest after that.
    const asked = model.requests.map(({ messages }) => messages.at(-1)?.role)
    expect(asked.filter((role) => role === 'user')).toHaveLength(1)
  },
)

async function markDocument(page: Page) {
  await page.evaluate(() => document.documentElement.setAttribute('data-same', ''))
}

async function expectSameDocument(page: Page) {
  await expect(page.locator('html[data-same]')).toHaveCount(1)
}
