import { providerTest as test } from '../helpers/provider-test.ts'
import { isCompleted, makeClip, readClip, waitForClip } from '../helpers/clips.ts'
import { expect } from '../helpers/test.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('a video of Kie is extended by Kie, from its last frame, and upscaled, each for the price on the button', async ({
  studio,
  page,
  emulated,
}) => {
  await studio.open()
  // What is paid for belongs to a session.
  await page.request.post('/api/session')
  const prompt = 'A fox runs over the field'
  const source = await makeClip(page.request, {
    prompt,
    model: 'veo-3.1-fast',
    aspectRatio: '16:9',
    duration: 8,
    resolution: '720p',
    generateAudio: true,
  })
  const { kie } = emulated.emulators
  const open = () => page.goto(`/library?item=${source.id}`)
  const large = page.getByRole('dialog', { name: prompt })
  const started = async (label: string | RegExp) => {
    const answer = page.waitForResponse('**/api/work')
    await page.getByRole('button', { name: label }).click()
    const { fileId } = (await (await answer).json()) as { fileId: string }
    // A larger version is looked for every 30 s only, or when it is asked for.
    const look = async () => {
      await page.request.post(`/api/file/${fileId}/check`)
      return isCompleted(await readClip(page.request, fileId))
    }
    await expect.poll(look, { timeout: 240_000, intervals: [3_100] }).toBe(true)
    return readClip(page.request, fileId)
  }

  await open()
  await large.getByRole('button', { name: 'Extend' }).click()
  const extend = page.getByRole('dialog', { name: 'Extend video' })
  await expect(extend.getByLabel('How')).toContainText('Veo 3.1 Fast Extend · $0.40')
  await expect(extend.getByText('Kie.ai made this video and continues it itself.')).toBeVisible()
  await extend.getByLabel('What happens next').fill('')
  await expect(extend.getByText('Describe what happens next.')).toBeVisible()
  await extend.getByLabel('What happens next').fill('It leaps over a brook')
  const longer = await started('Extend · $0.40')
  expect(longer.durationSeconds).toBeCloseTo(2 * source.durationSeconds!, 1)
  expect(longer).toMatchObject({
    settings: { work: { operation: 'extend', way: 'native' }, inputs: { sources: [source.id] } },
    cost: { actualUsd: 0.4 },
  })
  expect(kie.jobsOf(prompt)).toHaveLength(1)
  expect(kie.jobsOf('It leaps over a brook')).toHaveLength(1)

  await open()
  await large.getByRole('button', { name: 'Extend' }).click()
  await extend
    .getByLabel('How')
    .selectOption({ label: 'From the last frame, Veo 3.1 Lite · $0.20' })
  await expect(extend.getByText('begins with the last frame, and it is joined')).toBeVisible()
  await extend.getByLabel('What happens next').fill('It sleeps in the grass')
  const asleep = await started('Extend · $0.20')
  expect(asleep.durationSeconds!).toBeLessThan(2 * source.durationSeconds!)
  expect(asleep.durationSeconds!).toBeGreaterThan(source.durationSeconds!)

  await open()
  await large.getByRole('button', { name: 'Upscale' }).click()
  const upscale = page.getByRole('dialog', { name: 'Upscale video' })
  await upscale.getByRole('radio', { name: '4K' }).check()
  const larger = await started('Upscale to 4K · $0.60')
  expect(larger).toMatchObject({
    settings: { work: { operation: 'upscale', to: '4K' }, resolution: '4K' },
    cost: { actualUsd: 0.6 },
  })

  // What was made of it is in its family, and is made again from it.
  await page.goto(`/library?item=${larger.id}`)
  await expect(large.getByText('Upscaled to 4K')).toBeVisible()
  await large.getByRole('button', { name: 'Reuse settings' }).click()
  await expect(upscale.getByRole('radio', { name: '4K' })).toBeChecked()
})

test(
  'an edit is made again in the editor as it was set, and says where its video is gone',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const source = await makeClip(page.request, {
      prompt: 'A walk that is cut',
      model: 'local-preview',
    })
    const headers = { 'sec-fetch-site': 'same-origin', 'idempotency-key': `again-${source.id}` }
    const answer = await page.request.post('/api/edit', {
      headers,
      data: { sources: [source.id], edit: { operation: 'loop', times: 3 } },
    })
    const { fileId } = (await answer.json()) as { fileId: string }
    await waitForClip(page.request, fileId, isCompleted)
    await page.goto(`/library?item=${fileId}`)
    const large = page.getByRole('dialog', { name: 'A walk that is cut' })
    await large.getByRole('button', { name: 'Reuse settings' }).click()
    const editor = page.getByRole('dialog', { name: 'Edit video' })
    await expect(editor.getByRole('radio', { name: 'Loop' })).toBeChecked()
    await expect(editor.getByLabel('Times in a row')).toHaveValue('3')
    await page.request.patch('/api/library', {
      headers: { 'sec-fetch-site': 'same-origin' },
      data: { ids: [source.id], trash: true },
    })
    await page.goto(`/tools/video-generator?reuse=${fileId}`)
    await expect(
      page.getByText('The video this was made from was deleted or is in the trash.'),
    ).toBeVisible()
  },
)
