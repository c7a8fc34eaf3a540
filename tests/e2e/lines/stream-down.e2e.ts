import { readClip } from '../helpers/clips.ts'
import {
  answer503,
  answerHtml,
  answerPollsSaying,
  disturbStreams,
  neverAnswer,
  refuse,
} from '../helpers/pages/lines.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test, longUnless } from '../helpers/test.ts'

test.describe('where the stream brings nothing, the poll delivers', () => {
  // They wait for a poll, and not for its usual time.
  test.beforeEach(({ page }) => answerPollsSaying(page, { 'retry-after': '1' }))

  const fates = {
    'it is refused': refuse,
    'it answers 503': answer503,
    'a page of another network answers': answerHtml,
    'it is never answered': neverAnswer,
  }
  for (const [what, fate] of Object.entries(fates))
    test(what, longUnless(what === 'it is refused'), async ({ studio, page }) => {
      await disturbStreams(page, fate)
      await studio.open()
      const prompt = `A calm sea, ${what}`
      const { id } = await studio.generate({ prompt })

      await expectToPlay(studio.video(prompt))
      await expect(page.getByText(/delivered by poll/i).first()).toBeVisible()
      await expect.poll(async () => (await readClip(page.request, id)).deliveredBy).toBe('poll')
      await expect.poll(() => studio.readyToasts()).toBe(1)
    })

  test(
    'it opens and stays silent, and is closed once it has lost',
    { tag: '@long' },
    async ({ studio, page, wire }) => {
      wire.streamFate = 'silent'
      await studio.open(wire.url)
      const prompt = 'A calm sea, not a word'
      const { id } = await studio.generate({ prompt })
      await expect.poll(() => wire.openFollowers).toBe(1)

      await expectToPlay(studio.video(prompt))
      await expect(page.getByText(/delivered by poll/i).first()).toBeVisible()
      await expect.poll(async () => (await readClip(page.request, id)).deliveredBy).toBe('poll')
      await expect.poll(() => wire.openFollowers).toBe(0)
    },
  )
})
