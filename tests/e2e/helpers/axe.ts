import { AxeBuilder } from '@axe-core/playwright'
import { type Page, expect } from '@playwright/test'

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const wide = { width: 1280, height: 900 }

export const phone = { width: 390, height: 844 }

/** Axe finds nothing, light and dark, wide and on a phone. */
export async function expectNoFaults(page: Page, what: string) {
  for (const viewport of [wide, phone])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze()
      const faults = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      )
      expect.soft(faults, `${what}, ${colorScheme}, ${viewport.width} px`).toEqual([])
    }
  await page.setViewportSize(wide)
}
