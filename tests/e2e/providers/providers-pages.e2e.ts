import { expectNoFaults } from '../helpers/pages/axe.ts'
import { listClips } from '../helpers/clips.ts'
import { providerTest } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

// The figures begin at nothing: a fixture of its own gets it a server no other spec has used.
const test = providerTest.extend<object, { isFresh: boolean }>({
  isFresh: [true, { scope: 'worker', option: true }],
})

// What moves or fades is half transparent while it does, and would be blamed for its contrast.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

test(
  'settings: what is set, never its value; a check is told; a model opens in the generator',
  { tag: '@long' },
  async ({ page }) => {
    await page.goto('/settings')
    const kie = page.getByRole('region', { name: 'Kie.ai' })
    await expect(kie).toContainText('On: OK')
    await expect(kie.getByRole('listitem').filter({ hasText: 'KIE_API_KEY' })).toContainText('Set')
    expect(await page.content()).not.toContain('emulator-key')
    await expectNoFaults(page, 'settings')

    await kie.getByRole('button', { name: /^Check again/ }).click()
    await expect(page.getByRole('status')).toHaveText('Kie.ai: OK. Operational.')
    await kie.getByRole('link', { name: 'Veo 3.1 Fast' }).click()
    await expect(page).toHaveURL(/\/tools\/video-generator\?model=veo-3\.1-fast$/)
  },
)

test('status: nothing yet, then what a provider did', { tag: '@long' }, async ({ page }) => {
  await page.goto('/status')
  await expect(page.getByRole('heading', { name: 'No videos yet' })).toBeVisible()
  await expectNoFaults(page, 'nothing yet')

  await page.request.post('/api/session')
  const started = await page.request.post('/api/generate/video', {
    headers: { 'idempotency-key': 'a-heron-for-the-status-page' },
    data: { prompt: 'a heron', model: 'ltx-video' },
  })
  expect(started.ok()).toBe(true)
  await expect
    .poll(async () => (await listClips(page.request)).map(({ status }) => status))
    .toEqual(['completed'])
  await page.reload()
  const row = page.getByRole('row', { name: /^SuperDuperAI/ })
  await expect(row).toContainText('100%')
  await expect(page.getByRole('row', { name: /^Kie\.ai/ })).toContainText('none yet')
  await expectNoFaults(page, 'one video')
})
