import { isCompleted, readClip, waitForClip } from '../helpers/clips.ts'
import { disturbPolls, neverAnswer } from '../helpers/pages/lines.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

test(
  'an end that the history knows before stream and poll is told like any other',
  { tag: '@long' },
  async ({ studio, page, wire }) => {
    await disturbPolls(page, neverAnswer)
    wire.streamFate = 'hold'
    await studio.open(wire.url)
    const prompt = 'A mill that only the list knows'
    const { id } = await studio.generate({ prompt })
    await waitForClip(page.request, id, isCompleted)
    // A page that is visible again reads its history again, at most every five seconds.
    await expect(async () => {
      await page.evaluate(() => dispatchEvent(new Event('focus')))
      await expect.poll(() => studio.readyToasts(), { timeout: 1_000 }).toBe(1)
    }).toPass()
    await expectToPlay(studio.video(prompt))
    await expect.poll(async () => (await readClip(page.request, id)).deliveredBy).toBe('poll')
  },
)
