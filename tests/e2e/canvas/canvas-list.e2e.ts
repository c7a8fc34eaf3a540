import type { Page } from '@playwright/test'
import { expectNoFaults, phone } from '../helpers/pages/axe.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { wordsIn } from '../helpers/pages/words.ts'
import { expect, test } from '../helpers/test.ts'

const words = wordsIn('en')
const list = (key: string) => words(`canvasList.${key}` as 'canvasList.new')

async function choose(page: Page, name: string, action: string) {
  await page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
  await page.getByRole('menuitem', { name: list(`do.${action}`) }).click()
}

/** By key: the pointer stays where it is. */
async function switchTo(page: Page, language: string) {
  const other = page.getByRole('banner').getByRole('button', { name: new RegExp(language) })
  await other.focus()
  await page.keyboard.press('Enter')
}

function bringIn(page: Page, file: unknown) {
  const buffer = Buffer.from(typeof file === 'string' ? file : JSON.stringify(file))
  return page
    .locator('input[type=file]')
    .setInputFiles({ name: 'canvas.json', mimeType: 'application/json', buffer })
}

test(
  'canvases are made, named, copied, thrown away and back, and brought in',
  { tag: '@long' },
  async ({ page }) => {
    await page.goto('/canvas')
    await expect(page.getByRole('heading', { name: list('empty.title') })).toBeVisible()
    await expectNoFaults(page, 'the empty list')

    await page
      .getByRole('button', { name: list('new') })
      .first()
      .click()
    await expect(page).toHaveURL(/\/canvas\/canvas_[0-9a-z]{24}$/)
    await page.goto('/canvas')
    await choose(page, list('unnamed'), 'rename')
    await page.getByRole('textbox', { name: list('rename.name'), exact: true }).fill('Foxes')
    await page.keyboard.press('Enter')
    const link = (name: string) => page.getByRole('link', { name, exact: true })
    await expect(link('Foxes')).toBeVisible()

    await choose(page, 'Foxes', 'duplicate')
    await expect(link('Foxes (copy)')).toBeVisible()
    await choose(page, 'Foxes (copy)', 'trash')
    await expect(link('Foxes (copy)')).toBeHidden()
    // What it says follows the language of the page. It stays while the pointer is over it.
    await page.getByRole('button', { name: list('done.undo') }).hover()
    await switchTo(page, 'Русский')
    await expect(page.getByText('Холст «Foxes (copy)» в корзине.').first()).toBeVisible()
    await switchTo(page, 'English')
    await page.getByRole('button', { name: list('done.undo') }).click()
    await expect(link('Foxes (copy)')).toBeVisible()

    await choose(page, 'Foxes (copy)', 'trash')
    await page.getByRole('button', { name: list('trash'), exact: true }).click()
    await expect(link('Foxes (copy)')).toBeVisible()
    await choose(page, 'Foxes (copy)', 'delete')
    await page.getByRole('button', { name: list('delete.yes') }).click()
    await expect(page.getByText(list('empty.trash'))).toBeVisible()
    await page.getByRole('button', { name: list('all') }).click()

    // What cannot be brought in is told, and leaves nothing.
    const node = (id: string, more: object) => ({
      id: `node_${id.repeat(24)}`,
      x: 0,
      y: 0,
      width: 200,
      height: 100,
      groupId: null,
      ...more,
    })
    const [a, b] = [node('a', { kind: 'text', text: 'a' }), node('b', { kind: 'text', text: 'b' })]
    const edge = (id: string, source: string, target: string) => {
      return { id: `edge_${id.repeat(24)}`, source, target, role: 'prompt', order: 0 }
    }
    const circle = [edge('a', a.id, b.id), edge('b', b.id, a.id)]
    const file = { object: 'canvas.file', name: 'Brought', nodes: [a, b], edges: [] }
    await bringIn(page, { ...file, edges: circle })
    await expect(page.getByText(/edges\[1\].*circle/).last()).toBeVisible()
    await bringIn(page, 'no JSON at all')
    await expect(page.getByText(list('importing.noJson')).last()).toBeVisible()
    await expect(link('Brought')).toBeHidden()
    const versions = [`file_${'9'.repeat(24)}`]
    const media = { kind: 'video', settings: {}, versions, pinned: null }
    await bringIn(page, { ...file, nodes: [a, b, node('c', media)] })
    await page.getByRole('button', { name: list('importing.without') }).click()
    await expect(link('Brought')).toBeVisible()

    await expectNoFaults(page, 'the list')
    await page.setViewportSize(phone)
    await expectFits(page, 'the list')
    await page.getByRole('textbox', { name: list('search') }).fill('fox')
    await expect(link('Brought')).toBeHidden()
    await page.getByRole('textbox', { name: list('search') }).fill('wolf')
    await expect(page.getByText('No canvas has “wolf” in its name.')).toBeVisible()
  },
)
