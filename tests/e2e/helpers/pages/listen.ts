import type { Locator } from '@playwright/test'

/** Everything a live region says from now on, with plain spaces, as locators compare texts. */
export async function listen(region: Locator) {
  await region.first().evaluate((element) => {
    const said: string[] = []
    Object.assign(window, { said })
    new MutationObserver(() => {
      const text = element.textContent.replaceAll(/\s+/g, ' ').trim()
      if (text && said.at(-1) !== text) said.push(text)
    }).observe(element, { childList: true, subtree: true, characterData: true })
  })
  return () => region.page().evaluate(() => (window as unknown as { said: string[] }).said)
}
