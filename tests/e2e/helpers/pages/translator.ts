import type { Page } from '@playwright/test'

/**
 * Does to the page what a browser's translation does, now and with every later change: each text node becomes a text
 * within two `<font>`. Some translators move the page's own node into them, others put a new one there.
 */
export async function translate(page: Page, how: 'moves' | 'replaces') {
  await page.evaluate((isMoved) => {
    const untouched = 'font, script, style, textarea, option, title, [translate=no]'
    const wrap = (text: Text) => {
      if (!text.data.trim() || !text.parentElement || text.parentElement.closest(untouched)) return
      const [outer, inner] = [document.createElement('font'), document.createElement('font')]
      outer.append(inner)
      text.replaceWith(outer)
      inner.append(isMoved ? text : text.data)
    }
    const wrapAll = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      if (root instanceof Text) texts.push(root)
      while (walker.nextNode()) texts.push(walker.currentNode as Text)
      texts.forEach(wrap)
    }
    wrapAll(document.body)
    new MutationObserver((records) => {
      for (const { addedNodes, target, type } of records)
        if (type === 'characterData') wrapAll(target)
        else addedNodes.forEach(wrapAll)
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  }, how === 'moves')
}

/** The errors of a page, from now on. */
export function errorsOf(page: Page) {
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  return errors
}
