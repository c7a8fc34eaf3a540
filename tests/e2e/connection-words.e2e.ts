import { long } from './helpers/chat-room.ts'
import { chatTest as test } from './helpers/chat-test.ts'
import { refuse, disturbStreams } from './helpers/lines.ts'
import { expect } from './helpers/test.ts'

test('the header says how news gets here: by stream', async ({ chat, page }) => {
  await chat.open()
  await expect(page.getByText('Standing by')).toBeVisible()
  await chat.say(`a video of a lighthouse, ${long}`)
  await expect(page.getByText('Stream live')).toBeVisible()
})

test('the header says how news gets here: by polling, where the stream is kept away', async ({
  chat,
  page,
}) => {
  await disturbStreams(page, refuse)
  await chat.open()
  await chat.say(`a video of a lighthouse in fog, ${long}`)
  await expect(page.getByText('Polling', { exact: true })).toBeVisible()
})
