import { isCompleted, readClip, waitForClip } from '../helpers/clips.ts'
import {
  answer500,
  answerHtml,
  disturbPolls,
  disturbStreams,
  freezeList,
  refuse,
} from '../helpers/pages/lines.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test, longUnless } from '../helpers/test.ts'

test.describe('where every poll fails, the stream delivers', () => {
  const fates = {
    'with 500': answer500,
    'without an answer': refuse,
    'with a foreign page': answerHtml,
  }
  for (const [what, fate] of Object.entries(fates))
    test(what, longUnless(what === 'with 500'), async ({ studio, page }) => {
      await disturbPolls(page, fate)
      await studio.open()
      const prompt = `A quiet forest, polls fail ${what}`
      const { id } = await studio.generate({ prompt })

      await expectToPlay(studio.video(prompt))
      await expect(page.getByText(/delivered by stream/i).first()).toBeVisible()
      await expect.poll(async () => (await readClip(page.request, id)).deliveredBy).toBe('sse')
      await expect.poll(() => studio.readyToasts()).toBe(1)
    })
})

test('where both are down, "Check now" delivers', async ({ studio, page }) => {
  await disturbStreams(page, refuse)
  await disturbPolls(page, refuse)
  await freezeList(page)
  await studio.open()
  const prompt = 'A quiet forest, nothing gets through'
  const { id } = await studio.generate({ prompt })
  await waitForClip(page.request, id, isCompleted)
  await expect(studio.video(prompt)).toHaveCount(0)

  await studio.checkButton.first().click()
  await expectToPlay(studio.video(prompt))
  await expect(page.getByText(/delivered by (your )?check/i).first()).toBeVisible()
  await expect.poll(async () => (await readClip(page.request, id)).deliveredBy).toBe('check')
})

test(
  '"Check now" in the middle of a render asks, and harms nothing',
  { tag: '@long' },
  async ({ studio }) => {
    await studio.open()
    const prompt = 'A quiet forest, asked for again and again'
    await studio.generate({ prompt, duration: 4, resolution: '720p' })
    await expect(studio.progress.first()).toBeVisible()
    await studio.checkButton.first().evaluate((button: HTMLButtonElement) => {
      for (let click = 0; click < 10; click += 1) button.click()
    })

    await expectToPlay(studio.video(prompt))
    await expect(studio.video(prompt)).toHaveCount(1)
    await expect.poll(() => studio.readyToasts()).toBe(1)
  },
)
