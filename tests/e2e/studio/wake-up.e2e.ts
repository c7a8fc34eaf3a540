import type { Page } from '@playwright/test'
import { isCompleted, waitForClip } from '../helpers/clips.ts'
import {
  answerPollsSaying,
  disturbStreams,
  freezeList,
  isPoll,
  refuse,
} from '../helpers/pages/lines.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

test(
  'a hidden tab that is shown again polls at once',
  { tag: '@long' },
  async ({ studio, page }) => {
    await onlyPolls(page)
    await studio.open()
    const prompt = 'A lighthouse at night, with no page open'
    const { id } = await studio.generate({ prompt })
    await show(page, 'hidden')
    await waitForClip(page.request, id, isCompleted)
    await expect(studio.video(prompt)).toHaveCount(0)

    const poll = page.waitForRequest((request) => isPoll(request.url()))
    await show(page, 'visible')
    await poll
    await expectToPlay(studio.video(prompt))
  },
)

test(
  'a browser that is back online polls at once',
  { tag: '@long' },
  async ({ studio, page, context }) => {
    await onlyPolls(page)
    await studio.open()
    const prompt = 'A lighthouse at night, in a dead spot'
    const { id } = await studio.generate({ prompt })
    await context.setOffline(true)
    await context.setOffline(false)
    await waitForClip(page.request, id, isCompleted)
    await context.setOffline(true)
    await expect(studio.video(prompt)).toHaveCount(0)

    const poll = page.waitForRequest((request) => isPoll(request.url()))
    await context.setOffline(false)
    await poll
    await expectToPlay(studio.video(prompt))
  },
)

/** No stream, and a server that asks for an hour's patience: whatever polls sooner has a reason of its own. */
async function onlyPolls(page: Page) {
  await disturbStreams(page, refuse)
  await freezeList(page)
  await answerPollsSaying(page, { 'retry-after': '3600' })
}

async function show(page: Page, state: DocumentVisibilityState) {
  await page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', {
      value: visibilityState,
      configurable: true,
    })
    Object.defineProperty(document, 'hidden', {
      value: visibilityState === 'hidden',
      configurable: true,
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
