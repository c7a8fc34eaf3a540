import type { Locator, Route } from '@playwright/test'
import { readClip, waitForClip, isCompleted } from '../helpers/clips.ts'
import { disturbPolls, freezeList, isPoll } from '../helpers/pages/lines.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

test(
  'a poll that answers after the stream has won changes nothing',
  { tag: '@long' },
  async ({ studio, page, wire }) => {
    const kept = Promise.withResolvers<void>()
    let early: Buffer | undefined
    let asked = 0
    await disturbPolls(page, async (route) => {
      early ??= await wholeAnswer(route)
      asked += 1
      await kept.promise
      await route.fulfill({ body: early, contentType: 'application/json' })
    })
    wire.streamFate = 'hold'
    await freezeList(page)
    await studio.open(wire.url)
    const prompt = 'Rain over a city, the poll dawdles'
    const { id } = await studio.generate({ prompt })
    await waitForClip(page.request, id, isCompleted)
    // One poll has set out when the stream speaks; the history is not asked, which would know it first.
    const before = asked
    await page.evaluate(() => dispatchEvent(new Event('pageshow')))
    await expect.poll(() => asked).toBeGreaterThan(before)
    wire.release()
    const video = studio.video(prompt)
    await expectToPlay(video)
    await expect.poll(async () => (await readClip(page.request, id)).deliveredBy).toBe('sse')

    await remember(video)
    const late = page.waitForEvent('requestfinished', (request) => isPoll(request.url()))
    kept.resolve()
    await late
    await expectUntouched(video)
    await expect.poll(() => studio.readyToasts()).toBe(1)
    expect((await readClip(page.request, id)).deliveredBy).toBe('sse')
  },
)

test(
  'a stream that speaks after the poll has won changes nothing',
  { tag: '@long' },
  async ({ studio, page, wire }) => {
    wire.streamFate = 'hold'
    await studio.open(wire.url)
    const prompt = 'Rain over a city, the stream dawdles'
    const { id } = await studio.generate({ prompt })
    await waitForClip(page.request, id, isCompleted)
    const video = studio.video(prompt)
    await expectToPlay(video)
    await expect.poll(async () => (await readClip(page.request, id)).deliveredBy).toBe('poll')

    await remember(video)
    wire.release()
    await expect.poll(() => wire.openFollowers).toBe(0)
    await expectUntouched(video)
    await expect.poll(() => studio.readyToasts()).toBe(1)
    expect((await readClip(page.request, id)).deliveredBy).toBe('poll')
  },
)

/** What the poll says to one who knows nothing yet: never a bare "not modified". */
async function wholeAnswer(route: Route) {
  const { 'if-none-match': _known, ...headers } = route.request().headers()
  return (await route.fetch({ headers })).body()
}

/** Marks the very element, so that a second rendering of the same video would be noticed. */
function remember(video: Locator) {
  return video.evaluate((element) => element.setAttribute('data-first', ''))
}

async function expectUntouched(video: Locator) {
  // Time enough for whatever the late news might have set off.
  await video.page().waitForTimeout(1_000)
  await expect(video).toHaveCount(1)
  await expect(video).toHaveAttribute('data-first', '')
  await expectToPlay(video)
}
