import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { longClip, waitForClip } from './helpers/clips.ts'
import { killRendersUntilFinal } from './helpers/renders.ts'
import { expect, test } from './helpers/test.ts'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const wide = { width: 1280, height: 900 }
const phone = { width: 390, height: 844 }

test.describe('axe finds nothing, dark and light, wide and on a phone', () => {
  // What moves or fades is half transparent while it does, and would be blamed for its contrast.
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('idle', async ({ studio, page }) => {
    await studio.open()
    await expectNoFaults(page)
  })

  test('running', async ({ studio, page }) => {
    await studio.open()
    const { id } = await studio.generate({ prompt: 'A long film', ...longClip })
    await waitForClip(page.request, id, ({ progress }) => (progress ?? 0) > 0)
    // One on the stage and one as a card, in line.
    await studio.generate({ prompt: 'Another long film', ...longClip })
    await expect(studio.progress).toHaveCount(2)
    await expectNoFaults(page)
    await expect(studio.progress.first()).toBeVisible()
  })

  test('done', async ({ studio, page }) => {
    await studio.open()
    const prompt = 'A short film'
    await studio.generate({ prompt })
    await expect(studio.video(prompt)).toBeVisible()
    await expectNoFaults(page)
    await studio.card(prompt).getByRole('button', { name: /^Open/ }).click()
    await expect(page.getByRole('dialog').locator('video')).toBeVisible()
    await expectNoFaults(page)
  })

  test('failed', async ({ studio, page, server }) => {
    await studio.open()
    const { id } = await studio.generate({ prompt: 'A film that breaks', ...longClip })
    await killRendersUntilFinal(page.request, server.dataFolder, id)
    await expect(page.getByRole('button', { name: 'Retry' }).first()).toBeVisible()
    await expectNoFaults(page)
  })

  test('refused by the form', async ({ studio, page }) => {
    await studio.open()
    await studio.prompt.fill('')
    await studio.generateButton.click()
    await expect(studio.prompt).toHaveAttribute('aria-invalid', 'true')
    await expectNoFaults(page)
  })
})

async function expectNoFaults(page: Page) {
  for (const viewport of [wide, phone])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      const faults = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      )
      expect.soft(faults, `${colorScheme}, ${viewport.width} px`).toEqual([])
    }
  await page.setViewportSize(wide)
}
