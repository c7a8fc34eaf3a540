import type { Locator } from '@playwright/test'
import { CanvasPage, idOf } from '../helpers/pages/canvas-page.ts'
import { wordsIn } from '../helpers/pages/words.ts'
import { expect, test } from '../helpers/test.ts'

const words = wordsIn('en')

const shot = idOf('node', 'shot')
const place = { x: 0, y: 0, width: 320, height: 200, groupId: null }

const placeOf = (node: Locator) => node.evaluate((element) => element.style.transform)
const textOf = (canvas: CanvasPage) => canvas.byId(shot).getByRole('textbox')

/** What the server has of the text. */
async function storedOf(canvas: CanvasPage, id: string) {
  const { elements } = await canvas.read(id)
  const node = elements.find((element) => element.id === shot)?.node
  return node?.kind === 'text' ? node : undefined
}

test(
  'two tabs and another browser work on one canvas: all arrives, nothing is lost, each undoes its own',
  { tag: '@long' },
  async ({ page, context, browser, baseURL }) => {
    const first = new CanvasPage(page)
    const id = await first.make([
      { change: 'add', node: { kind: 'text', id: shot, ...place, text: 'One' } },
    ])
    const tab = new CanvasPage(await context.newPage())
    const { cookies } = await context.storageState()
    const elsewhere = await browser.newContext({ baseURL: baseURL!, locale: 'en-GB' })
    await elsewhere.addCookies(cookies)
    const other = new CanvasPage(await elsewhere.newPage())
    await tab.open(id)
    await other.open(id)
    const all = [first, tab, other]
    for (const canvas of all) await expect(textOf(canvas)).toHaveValue('One')

    // A move, a text and a new node, each seen by the others.
    const before = await placeOf(tab.byId(shot))
    await first.byId(shot).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => placeOf(tab.byId(shot))).not.toBe(before)
    const moved = await placeOf(first.byId(shot))
    for (const canvas of all) await expect.poll(() => placeOf(canvas.byId(shot))).toBe(moved)
    await textOf(tab).fill('Two')
    for (const canvas of all) await expect(textOf(canvas)).toHaveValue('Two')
    await other.choose(words('canvas.do.addNote'))
    for (const canvas of all) await expect(canvas.nodes).toHaveCount(2)

    // Different fields of one node at once.
    const { x: from } = (await storedOf(first, id))!
    await first.byId(shot).focus()
    await Promise.all([page.keyboard.press('Shift+ArrowRight'), textOf(other).fill('Three')])
    await expect.poll(async () => (await storedOf(first, id))?.text).toBe('Three')
    await expect.poll(async () => (await storedOf(first, id))!.x).toBeGreaterThan(from)
    for (const canvas of all) await expect(textOf(canvas)).toHaveValue('Three')

    // One is offline and goes on; what the others do meanwhile stays as well.
    await elsewhere.setOffline(true)
    await textOf(other).fill('Written offline')
    await other.choose(words('canvas.do.addText'))
    await expect(other.page.getByText(words('canvas.saving.offline'))).toBeVisible()
    const { x: online } = (await storedOf(first, id))!
    await first.byId(shot).focus()
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(async () => (await storedOf(first, id))!.x).toBeGreaterThan(online)
    await expect(textOf(first)).toHaveValue('Three')
    await elsewhere.setOffline(false)
    await other.expectSaved()
    for (const canvas of all) {
      await expect(textOf(canvas)).toHaveValue('Written offline')
      await expect(canvas.nodes).toHaveCount(3)
    }
    const kept = await placeOf(first.byId(shot))
    for (const canvas of all) await expect.poll(() => placeOf(canvas.byId(shot))).toBe(kept)

    // Undo takes back one's own work, and none of the others'.
    await first.choose(words('canvas.do.addNote'))
    await expect(other.nodes).toHaveCount(4)
    await textOf(other).fill('Of the other')
    await expect(textOf(first)).toHaveValue('Of the other')
    await first.byId(shot).focus()
    await page.keyboard.press('Control+z')
    for (const canvas of all) {
      await expect(canvas.nodes).toHaveCount(3)
      await expect(textOf(canvas)).toHaveValue('Of the other')
    }
    await other.byId(shot).focus()
    await other.page.keyboard.press('Control+z')
    for (const canvas of all) await expect(textOf(canvas)).toHaveValue('Written offline')
    await expect.poll(() => placeOf(tab.byId(shot))).toBe(kept)
    await elsewhere.close()
  },
)
