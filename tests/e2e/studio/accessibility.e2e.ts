import { expectNoFaults } from '../helpers/pages/axe.ts'
import { longClip, waitForClip } from '../helpers/clips.ts'
import { killRendersUntilFinal } from '../helpers/renders.ts'
import { expect, test } from '../helpers/test.ts'

test.describe('axe finds nothing, dark and light, wide and on a phone', () => {
  // What moves or fades is half transparent while it does, and would be blamed for its contrast.
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('idle', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    await expectNoFaults(page, 'the generator')
  })

  test('running', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    const { id } = await studio.generate({ prompt: 'A long film', ...longClip })
    await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
    // One on the stage and one as a card, in line.
    await studio.generate({ prompt: 'Another long film', ...longClip })
    await expect(studio.progress).toHaveCount(2)
    await expectNoFaults(page, 'the generator')
    await expect(studio.progress.first()).toBeVisible()
  })

  test('done', async ({ studio, page }) => {
    await studio.open()
    const prompt = 'A short film'
    await studio.generate({ prompt })
    await expect(studio.video(prompt)).toBeVisible()
    await expectNoFaults(page, 'the generator')
    await studio.card(prompt).getByRole('button', { name: /^Open/ }).click()
    await expect(page.getByRole('dialog').locator('video')).toBeVisible()
    await expectNoFaults(page, 'the generator')
  })

  test('failed', { tag: '@long' }, async ({ studio, page, server }) => {
    await studio.open()
    const { id } = await studio.generate({ prompt: 'A film that breaks', ...longClip })
    await killRendersUntilFinal(page.request, server.dataFolder, id)
    await expect(page.getByRole('button', { name: 'Retry' }).first()).toBeVisible()
    await expectNoFaults(page, 'the generator')
  })

  test('refused by the form', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    await studio.prompt.fill('')
    await studio.generateButton.click()
    await expect(studio.prompt).toHaveAttribute('aria-invalid', 'true')
    await expectNoFaults(page, 'the generator')
  })
})
