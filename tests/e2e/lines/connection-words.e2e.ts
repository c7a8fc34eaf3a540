import { long } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { disturbStreams, neverAnswer, refuse } from '../helpers/pages/lines.ts'
import { expect } from '../helpers/test.ts'

test('the header says how news gets here: by stream', { tag: '@long' }, async ({ chat, page }) => {
  await chat.open()
  await expect(page.getByText('Idle')).toBeVisible()
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

test(
  'P10: and so it does where a proxy keeps the stream to itself, for as long as it does',
  { tag: '@long' },
  async ({ chat, page }) => {
    await disturbStreams(page, neverAnswer)
    await chat.open()
    await chat.say('a video of a lighthouse in rain, 10 seconds, 720p')
    await expect(page.getByText('Polling', { exact: true })).toBeVisible()
    const words: (string | null)[] = []
    await page.exposeFunction('noteWord', (word: string | null) => words.push(word))
    await page.evaluate(() => {
      const noteWord = (window as Window & { noteWord?: (word: string | null) => void }).noteWord
      const header = document.querySelector('[title="How updates reach this page"]')!
      new MutationObserver(() => noteWord?.(header.textContent)).observe(header, {
        subtree: true,
        characterData: true,
        childList: true,
      })
    })
    await expect(chat.video(1)).toBeVisible()
    expect(words).not.toContain('Connecting')
  },
)
