import { isCompleted, longClip, startClip, waitForClip } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { killRendersUntilFinal } from '../helpers/renders.ts'
import { expect, test } from '../helpers/test.ts'

// With everything that moves.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test.describe('a reload loses nothing', () => {
  test('of a queued video', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    // Three run at once; the others wait in the queue.
    for (const seed of [1, 2, 3])
      await startClip(page.request, { prompt: 'In front', seed, ...longClip })
    const prompt = 'Snow in the mountains, last in line'
    const { id } = await studio.generate({ prompt })
    await waitForClip(page.request, id, ({ queuePlace }) => queuePlace === 1)

    await page.reload()
    await expect(page.getByText('Next in line').first()).toBeVisible()
    for (const { id: front } of await pending(page.request))
      if (front !== id) await page.request.post(`/api/file/${front}/cancel`)
    await expectToPlay(studio.video(prompt))
  })

  test('of a video that renders', async ({ studio, page }) => {
    await studio.open()
    const prompt = 'Snow in the mountains, half done'
    const { id } = await studio.generate({ prompt, duration: 6, resolution: '720p' })
    await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)

    await page.reload()
    await expect(studio.progress.first()).toBeVisible()
    await expectToPlay(studio.video(prompt))
  })

  test('of a video that is being stored', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    const prompt = 'Snow in the mountains, almost there'
    const { id } = await studio.generate({ prompt })
    // Storing takes a moment only; where that is missed, this is one more reload of a finished video.
    await waitForClip(page.request, id, ({ state }) => state === 'storing' || state === 'completed')

    await page.reload()
    await expect(studio.card(prompt).or(studio.video(prompt)).first()).toBeVisible()
    await waitForClip(page.request, id, isCompleted)
    await expect(page.getByText(prompt).filter({ visible: true }).first()).toBeVisible()
  })

  test('of a finished video', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    const prompt = 'Snow in the mountains, long done'
    await studio.generate({ prompt })
    await expectToPlay(studio.video(prompt))

    await page.reload()
    await studio.card(prompt).getByRole('button', { name: /^Open/ }).click()
    await expectToPlay(page.getByRole('dialog').locator('video'))
  })

  test('of a failed video', { tag: '@long' }, async ({ studio, page, server }) => {
    await studio.open()
    const prompt = 'Snow in the mountains, gone wrong'
    const { id } = await studio.generate({ prompt, ...longClip })
    await killRendersUntilFinal(page.request, server.dataFolder, id)
    await expect(
      page.getByText('The demo renderer couldn’t finish this video').first(),
    ).toBeVisible()

    await page.reload()
    await expect(studio.card(prompt).getByText('Failed')).toBeVisible()
    await expect(studio.card(prompt).getByRole('button', { name: 'Retry' })).toBeVisible()
    await expect(studio.progress).toHaveCount(0)
  })

  test('of a canceled video', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    const prompt = 'Snow in the mountains, called off'
    await studio.generate({ prompt, ...longClip })
    await studio.cancelButton.first().click()
    await expect(page.getByText('Canceled').first()).toBeVisible()

    await page.reload()
    await expect(studio.card(prompt).getByText('Canceled')).toBeVisible()
    await expect(studio.progress).toHaveCount(0)
  })
})

async function pending(request: Parameters<typeof startClip>[0]) {
  const response = await request.get('/api/file?status=pending')
  return ((await response.json()) as { files: { id: string }[] }).files
}
