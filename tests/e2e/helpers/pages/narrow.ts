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
    element.matches('pre, [aria-label=Table], .sr-only, .react-flow') ||
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

const widths = [320, 390, 1280]
// All that a test sees on its way is told at once.
const softly = expect.configure({ soft: true })

/** At every width of a screen nothing stands out of the page, and no label is cut off. */
export async function expectFits(page: Page, what: string) {
  const { height = 900 } = page.viewportSize() ?? {}
  for (const width of widths) {
    await page.setViewportSize({ width, height })
    for (const [fault, find] of [
      ['too wide', findWide],
      ['cut off', findCut],
    ] as const)
      await softly.poll(() => page.evaluate(find), `${what}, ${width} px: ${fault}`).toEqual([])
  }
}

/** Runs in the page: words that a box cuts off or that stand out of their control, but for what a user wrote. */
function findCut() {
  const isHidden = ({ width, height }: DOMRect) => width <= 1 || height <= 1
  const cuts = (box: Element, text: DOMRect) => {
    const { overflowX, overflowY } = getComputedStyle(box)
    const { left, right, top, bottom } = box.getBoundingClientRect()
    const isControl = box.matches('button, a, label, [role=tab], [role=option]')
    const atSide = isControl || /hidden|clip/.test(overflowX)
    const isWide = atSide && (text.left < left - 1 || text.right > right + 1)
    const isHigh = /hidden|clip/.test(overflowY) && (text.top < top - 3 || text.bottom > bottom + 3)
    return isWide || isHigh
  }
  const boxesOf = (element: Element | null): Element[] => {
    if (!element || element === document.body) return []
    const { overflowX, overflowY } = getComputedStyle(element)
    // What scrolls shows the rest when it is scrolled.
    return /auto|scroll/.test(overflowX + overflowY)
      ? [element]
      : [element, ...boxesOf(element.parentElement)]
  }
  const isCut = (text: Text) => {
    const parent = text.parentElement
    if (!text.data.trim() || !parent?.checkVisibility({ visibilityProperty: true })) return false
    if (parent.closest('[dir=auto], bdi, pre, script, style, option, .sr-only')) return false
    const range = document.createRange()
    range.selectNodeContents(text)
    const boxes = boxesOf(parent)
    if (boxes.some((box) => isHidden(box.getBoundingClientRect()))) return false
    return [...range.getClientRects()].some((rect) => boxes.some((box) => cuts(box, rect)))
  }
  const cut: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (isCut(text)) cut.push(`${text.data} in ${text.parentElement!.outerHTML.slice(0, 200)}`)
  }
  return cut
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
