import { AxeBuilder } from '@axe-core/playwright'
import { type Page, expect } from '@playwright/test'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const everyRule = { type: 'tag', values: tags } as const
// A theme changes colours and nothing else: of all the rules these two look at colours.
const rulesOfColour = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const
const wide = { width: 1280, height: 900 }

export const phone = { width: 390, height: 844 }

/** Axe finds nothing, light and dark, wide and on a phone; in the whole page, or within a part of it. */
export async function expectNoFaults(page: Page, what: string, within?: string) {
  for (const viewport of [wide, phone])
    for (const [colorScheme, runOnly] of [
      ['light', everyRule],
      ['dark', rulesOfColour],
    ] as const) {
      await page.setViewportSize(viewport)
      await page.emulateMedia({ colorScheme })
      // Colours on their way from one theme to the other are of neither.
      await page.evaluate(() =>
        Promise.allSettled(
          document
            .getAnimations()
            .filter((one) => one instanceof CSSTransition)
            .map(({ finished }) => finished),
        ),
      )
      const faults = await faultsOf(page, { ...runOnly, values: [...runOnly.values] }, within)
      expect.soft(faults, `${what}, ${colorScheme}, ${viewport.width} px`).toEqual([])
    }
  await page.setViewportSize(wide)
}

async function faultsOf(
  page: Page,
  runOnly: { type: 'tag' | 'rule'; values: string[] },
  within = 'html',
) {
  // The script is half a megabyte: a document is given it once.
  const hasAxe = await page.evaluate(() => 'axe' in window)
  const { violations } = await new AxeBuilder({ page, ...(hasAxe && { axeSource: '0' }) })
    // In the page itself, which has no frames: the usual way opens another one each time.
    .setLegacyMode()
    .include(within)
    .options({ runOnly, resultTypes: ['violations'] })
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
