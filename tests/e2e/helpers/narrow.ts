import { type Page, expect } from '@playwright/test'

/** Nothing is wider than the page, except what scrolls or is cut in a box of its own. */
export async function expectNoOverflow(page: Page) {
  await expect.poll(() => page.evaluate(findWide)).toEqual([])
}

/** Runs in the page: what is wider than it. */
function findWide() {
  const isOwn = (element: Element) => {
    const { textOverflow, webkitLineClamp, position, width } = getComputedStyle(element)
    const isHidden = position === 'absolute' && width === '1px'
    return isHidden || textOverflow === 'ellipsis' || webkitLineClamp !== 'none'
  }
  const inOwn = (element: Element): boolean =>
    element.matches('pre, [aria-label=Table], .sr-only') ||
    isOwn(element) ||
    (element.parentElement !== null && inOwn(element.parentElement))
  const page = document.documentElement
  const wide = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect()
    return width > 0 && (right > innerWidth + 1 || left < -1) && !inOwn(element.parentElement!)
  })
  const told = wide.map((element) => element.outerHTML.replaceAll(/x{9,}/g, 'xxx').slice(0, 200))
  return page.scrollWidth > innerWidth ? [`the page: ${page.scrollWidth}`, ...told] : told
}

/** The size of type in every field of the page that text goes into. */
export async function fontSizes(page: Page) {
  return page.evaluate(() => {
    const fields = document.querySelectorAll(
      'input:not([type=file], [type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable=true]',
    )
    return [...fields].map((field) => ({
      field: field.id || field.getAttribute('aria-label'),
      px: Number.parseFloat(getComputedStyle(field).fontSize),
    }))
  })
}
