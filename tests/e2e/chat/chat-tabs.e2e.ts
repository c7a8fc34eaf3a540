import { ChatRoom, small } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { listClips } from '../helpers/clips.ts'
import { expectToPlay, playedHash } from '../helpers/pages/playing.ts'
import { expect } from '../helpers/test.ts'

test(
  'two videos in one chat at once: each card plays its own',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    const scenes = ['red kite over the beach', 'blue train in the snow']
    for (const scene of scenes) await chat.say(`make a video of ${scene}, ${small}`)
    await expectOwnVideos(chat, scenes)
    expect(await listClips(page.request)).toHaveLength(2)
  },
)

test(
  'two chats in two tabs at once: each gets what was asked for in it',
  { tag: '@long' },
  async ({ chat, context }) => {
    const other = new ChatRoom(await context.newPage())
    await chat.open()
    await other.open()
    const scenes = { here: 'owl in the moonlight', there: 'whale below the ice' }
    await Promise.all([
      chat.say(`make a square video of ${scenes.here}, ${small}`),
      other.say(`make a vertical video of ${scenes.there}, ${small}`),
    ])
    expect(chat.chatId).not.toBe(other.chatId)
    // Each goes on with its own: the numbers are those of the chat.
    await Promise.all([chat.say('make it wider'), other.say('make it 3 seconds')])
    await expectOwnVideos(chat, [scenes.here, scenes.here])
    await expectOwnVideos(other, [scenes.there, scenes.there])
    const formats = async (room: ChatRoom) =>
      (await room.files()).map(({ settings }) => [settings.aspectRatio, settings.duration])
    expect(await formats(chat)).toEqual([
      ['1:1', 2],
      ['16:9', 2],
    ])
    expect(await formats(other)).toEqual([
      ['9:16', 2],
      ['9:16', 3],
    ])
    expect(await listClips(context.request)).toHaveLength(4)
  },
)

test(
  'the same chat in two tabs: what is said in one shows in the other',
  { tag: '@long' },
  async ({ chat, context }) => {
    await chat.open()
    await chat.say(`a video of a fox at dawn, ${small}`)
    const other = new ChatRoom(await context.newPage())
    await other.open('', chat.chatId)
    await other.say('the same but in winter')
    await expectToPlay(other.video(2))
    await chat.page.bringToFront()
    await chat.page.reload()
    await expect(chat.questions).toHaveCount(2)
    await expectOwnVideos(chat, ['fox at dawn', 'fox at dawn'])
    expect(await listClips(context.request)).toHaveLength(2)
  },
)

/** Every card shows the prompt, the file and the bytes of the video that has its number, and of no other. */
async function expectOwnVideos(chat: ChatRoom, scenes: string[]) {
  for (const [index] of scenes.entries()) await expectToPlay(chat.video(index + 1))
  const files = await chat.files()
  expect(files.map(({ settings }) => settings.prompt)).toEqual(
    scenes.map((scene) => expect.stringContaining(scene)),
  )
  for (const [index, { settings, url, sha256 }] of files.entries()) {
    await expect(chat.card(index + 1)).toContainText(settings.prompt)
    await expect(chat.video(index + 1)).toHaveAttribute('src', url!)
    expect(await playedHash(chat.video(index + 1))).toBe(sha256)
  }
  await expect(chat.log.locator('video')).toHaveCount(scenes.length)
}
