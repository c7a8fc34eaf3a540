import { ChatRoom } from '../../helpers/pages/chat-room.ts'
import { listClips } from '../../helpers/clips.ts'
import { disturbPolls, neverAnswer } from '../../helpers/pages/lines.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { providerTest } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'
import { mostAtOnce } from '../../helpers/servers/wire.ts'

// Made by a provider's emulator: what is asked here is how twenty arrive, not how they are drawn.
const test = providerTest.extend<{ chat: ChatRoom }>({
  chat: ({ studio }, use) => use(new ChatRoom(studio.page)),
})

// See mostAtOnce: an old stream and its follower, and one more on a slow machine.
const atHandOver = 3
const messages = 5
const videosAMessage = 4

test(
  'twenty videos in one conversation over HTTP/1.1 arrive by one stream',
  { tag: '@long' },
  async ({ chat, page, wire }) => {
    // On a slow machine a poll may be first: here the stream has to bring them all.
    await disturbPolls(page, neverAnswer)
    await chat.open(wire.url)
    for (let number = 1; number <= messages; number += 1)
      await chat.say(`make ${videosAMessage} videos of a paper plane, flight ${number}`)
    const all = messages * videosAMessage
    const files = await chat.files()
    expect(new Set(files.map(({ id }) => id)).size).toBe(all)
    await expect(chat.log.locator('video')).toHaveCount(all, { timeout: 120_000 })

    // Six connections are all that HTTP/1.1 gives a page; with one stream there are enough left to play.
    await expectToPlay(chat.video(1))
    await expectToPlay(chat.video(all))
    const urls = (await chat.files()).map(({ url }) => url)
    for (let number = 1; number <= all; number += 1)
      await expect(chat.video(number)).toHaveAttribute('src', urls[number - 1]!)
    expect(mostAtOnce(wire.streams)).toBeLessThanOrEqual(atHandOver)
    await expect.poll(() => wire.openFollowers).toBe(0)
    const rows = await listClips(page.request, '?limit=50')
    expect(rows.map(({ deliveredBy }) => deliveredBy)).toEqual(rows.map(() => 'sse'))
  },
)
