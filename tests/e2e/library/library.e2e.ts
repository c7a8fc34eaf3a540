import { readFile } from 'node:fs/promises'
import { type Page, expect } from '@playwright/test'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { longClip, makeClip, startClip } from '../helpers/clips.ts'
import { test } from '../helpers/test.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

const prompts = ['A fox runs', 'Лиса в тёмном лесу', 'A harbour at dawn', 'Rain on a window']

async function openWith(page: Page) {
  for (const prompt of prompts) await makeClip(page.request, { prompt, aspectRatio: '16:9' })
  await page.goto('/library')
  await expect(cell(page, prompts[0]!)).toBeVisible()
}

const cell = (page: Page, name: string) => page.getByRole('gridcell', { name })
const cells = (page: Page) => page.getByRole('gridcell')
const bar = (page: Page) => page.getByRole('region', { name: /selected$/ })
const chosen = (page: Page) => page.locator('[role=gridcell][aria-selected=true]')

test(
  'what is looked for is in the address: search in both languages, filters, Back',
  { tag: '@long' },
  async ({ page }) => {
    await openWith(page)
    await expect(page.getByText(/^4 items, /)).toBeVisible()
    const search = page.getByRole('textbox', { name: 'Search prompts and names' })
    // Another form of each word.
    await search.fill('foxes')
    await expect(cells(page)).toHaveCount(1)
    await expect(cell(page, 'A fox runs')).toBeVisible()
    await search.fill('лесах')
    await expect(cell(page, 'Лиса в тёмном лесу')).toBeVisible()
    await expect(cells(page)).toHaveCount(1)
    await expect(page).toHaveURL(/\?q=/)
    await search.fill('zebra')
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    await page.getByRole('button', { name: 'Clear search and filters' }).click()
    await expect(cells(page)).toHaveCount(4)

    await page.getByLabel('Order').selectOption('name')
    await expect(cells(page).first()).toContainText('A fox runs')
    await page.getByLabel('State').selectOption('failed')
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    await page.reload()
    await expect(page.getByText('Nothing matches.')).toBeVisible()
    await page.goBack()
    await expect(cells(page)).toHaveCount(4)
    await expect(page.getByLabel('Order')).toHaveValue('name')
    await expectNoFaults(page, 'the library')
  },
)

test(
  'by keyboard alone: select, star, download, move to the trash and back',
  { tag: '@long' },
  async ({ page }) => {
    await openWith(page)
    await page.getByRole('button', { name: 'Select all shown' }).focus()
    await page.keyboard.press('Tab')
    await expect(cells(page).first()).toBeFocused()
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await expect(chosen(page)).toHaveCount(3)
    await page.keyboard.press('Shift+ArrowLeft')
    await expect(bar(page)).toContainText('2 selected')
    await page.keyboard.press('Control+a')
    await expect(chosen(page)).toHaveCount(4)
    await page.keyboard.press('Escape')
    await expect(bar(page)).toHaveCount(0)

    await page.keyboard.press('Home')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowRight')
    await bar(page).getByRole('button', { name: 'Star', exact: true }).click()
    await page.getByRole('link', { name: 'Starred' }).click()
    await expect(cells(page)).toHaveCount(2)
    await page.getByRole('link', { name: 'All items' }).click()

    const download = page.waitForEvent('download')
    await bar(page).getByRole('button', { name: 'Download as ZIP' }).click()
    const names = namesIn(await readFile(await (await download).path()))
    expect(names.filter((name) => name.endsWith('.mp4'))).toHaveLength(2)
    expect(names.filter((name) => name.endsWith('settings.json'))).toHaveLength(2)

    await bar(page).getByRole('button', { name: 'Move to trash' }).click()
    await expect(cells(page)).toHaveCount(2)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(cells(page)).toHaveCount(4)
    await cell(page, 'A fox runs').focus()
    await page.keyboard.press('Space')
    await bar(page).getByRole('button', { name: 'Move to trash' }).click()
    await page.getByRole('link', { name: 'Trash' }).click()
    await expect(cell(page, 'A fox runs')).toBeVisible()
    await page.getByRole('button', { name: 'Empty trash' }).click()
    const question = page.getByRole('alertdialog')
    await question.getByRole('button', { name: 'Empty trash' }).click()
    await expect(page.getByText('The trash is empty.')).toBeVisible()
  },
)

test(
  'an item large, its neighbours, its composer again; two compared; a collection',
  { tag: '@long' },
  async ({ page }) => {
    await openWith(page)
    await cell(page, 'Rain on a window').click()
    const large = page.getByRole('dialog')
    await expect(large.getByRole('heading', { name: 'Rain on a window' })).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(large.getByRole('heading', { name: 'A harbour at dawn' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(large).toHaveCount(0)
    await expect.poll(() => page.evaluate(() => history.state.layer ?? 0)).toBe(0)

    await cell(page, 'A fox runs').hover()
    await page.getByRole('button', { name: 'Select A fox runs' }).click()
    await cell(page, 'A harbour at dawn').click()
    await bar(page).getByRole('button', { name: 'Compare' }).click()
    const films = large.locator('video')
    await expect(films).toHaveCount(2)
    const position = large.getByRole('slider', { name: 'Position' })
    await position.fill('1')
    const times = () =>
      films.evaluateAll((all) => all.map((film) => (film as HTMLVideoElement).currentTime))
    await expect.poll(async () => (await times()).map(Math.round)).toEqual([1, 1])
    await large.getByRole('button', { name: 'Play' }).click()
    const havePlayed = () =>
      films.evaluateAll((all) => all.every((film) => (film as HTMLVideoElement).played.length > 0))
    await expect.poll(havePlayed).toBe(true)
    await expectNoFaults(page, 'compared', '[role=dialog]')
    await page.keyboard.press('Escape')
    await expect(large).toHaveCount(0)

    await bar(page).getByRole('button', { name: 'Add to collection' }).click()
    await page.getByRole('menuitem', { name: 'New collection…' }).click()
    await large.getByLabel('Name').fill('Animals')
    await large.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: /^Animals/ }).click()
    await expect(cells(page)).toHaveCount(2)
    await page.getByRole('link', { name: 'All items' }).click()

    await page.getByRole('button', { name: 'End selection' }).click()
    await cell(page, 'Лиса в тёмном лесу').click()
    await large.getByRole('button', { name: 'Reuse settings' }).click()
    await expect(page).toHaveURL(/video-generator$/)
    await expect(page.getByRole('textbox', { name: 'Prompt', exact: true })).toHaveValue(
      'Лиса в тёмном лесу',
    )
    await expect(page.getByRole('radio', { name: '16:9' })).toBeChecked()
  },
)

test(
  'the queue lists what runs on every page, and cancels it',
  { tag: '@long' },
  async ({ page }) => {
    await startClip(page.request, { prompt: 'A long kite', ...longClip })
    await startClip(page.request, { prompt: 'A second kite', ...longClip })
    await page.goto('/status')
    await page.getByRole('button', { name: 'Queue: 2 items' }).click()
    const queue = page.getByRole('dialog', { name: 'Queue' })
    await expect(queue.getByRole('listitem')).toHaveCount(2)
    await expectNoFaults(page, 'the queue', '[role=dialog]')
    for (let left = 1; left >= 0; left -= 1) {
      await queue.getByRole('button', { name: 'Cancel', exact: true }).first().click()
      await expect(queue.getByRole('listitem')).toHaveCount(left)
    }
    await expect(queue.getByText('Nothing is running or waiting.')).toBeVisible()
  },
)

/** The names in the directory at the end of a ZIP. */
function namesIn(zip: Buffer) {
  const names: string[] = []
  const entry = Buffer.from('PK\u0001\u0002', 'latin1')
  for (let at = zip.indexOf(entry); at >= 0; at = zip.indexOf(entry, at + 4))
    names.push(zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)))
  return names
}
