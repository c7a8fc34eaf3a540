import type { Locator, Page } from '@playwright/test'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

const parts = '**/_next/static/**'

/** Answers for the page's files as a newer build does: the old ones are gone. */
async function installNewBuild(page: Page) {
  await page.route(parts, (route) =>
    route.fulfill({ status: 404, headers: { 'x-build': 'newer' }, body: '' }),
  )
  return () => page.unroute(parts)
}

test('F14: after an update the page offers a reload, with everything typed kept', async ({
  studio,
  page,
}) => {
  await studio.open()
  await studio.fillIn({ prompt: 'A heron in the reeds', format: '1:1', duration: 4 })
  await page.getByText('More', { exact: true }).click()
  await page.getByRole('textbox', { name: 'Seed' }).fill('77')
  const restore = await installNewBuild(page)
  await page.getByRole('combobox', { name: 'Model' }).click()
  const bar = page.getByRole('status').filter({ hasText: 'A new version' })
  await expect(bar).toBeVisible()
  // What could not be drawn is one part; the rest of the form goes on.
  await expect(page.getByText('Something went wrong here.')).toBeVisible()
  await expect(studio.prompt).toHaveValue('A heron in the reeds')
  await restore()
  await bar.getByRole('button', { name: 'Reload' }).click()
  await expect(bar).toHaveCount(0)
  await expect(studio.generateButton).toBeEnabled()
  await expect(studio.prompt).toHaveValue('A heron in the reeds')
  await expect(page.getByRole('radio', { name: '1:1' })).toBeChecked()
  await expect(page.getByRole('slider', { name: 'Duration' })).toHaveValue('4')
  await page.getByText('More', { exact: true }).click()
  await expect(page.getByRole('textbox', { name: 'Seed' })).toHaveValue('77')
})

test(
  'F14: Generate starts the video although a part of the page is gone',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await studio.fillIn({ prompt: 'A heron that flies' })
    const restore = await installNewBuild(page)
    await studio.startedBy(() => studio.generateButton.click())
    await expect(page.getByText('A new version of Photofinish is available.')).toBeVisible()
    await restore()
    await page.reload()
    await expectToPlay(studio.video('A heron that flies'))
    await expect(studio.prompt).not.toHaveValue('A heron that flies')
  },
)

test(
  'F14: an answer of another build offers the reload, and "Later" is heard',
  { tag: '@long' },
  async ({ studio, page }) => {
    await page.route('**/api/models', async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, headers: { ...response.headers(), 'x-build': 'newer' } })
    })
    await studio.open()
    const bar = page.getByText('A new version of Photofinish is available.')
    await expect(bar).toBeVisible()
    await page.getByRole('button', { name: 'Later' }).click()
    await expect(bar).toHaveCount(0)
  },
)

test(
  'F14: two tabs have drafts of their own',
  { tag: '@long' },
  async ({ studio, page, context }) => {
    await studio.open()
    await studio.prompt.fill('First tab')
    const other = await context.newPage()
    await other.goto('/tools/video-generator')
    const prompt = other.getByRole('textbox', { name: 'Prompt', exact: true })
    await expect(prompt).toBeEditable()
    await prompt.fill('Second tab')
    await page.reload()
    await other.reload()
    await expect(studio.prompt).toHaveValue('First tab')
    await expect(prompt).toHaveValue('Second tab')
  },
)

test(
  'F26: 9,000 characters are all kept, and refused with how many are too many',
  { tag: '@long' },
  async ({ studio, page }) => {
    let starts = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/api/generate/video')) starts += 1
    })
    await studio.open()
    await studio.prompt.fill('a'.repeat(9_000))
    await expect(page.getByText('9,000 of 4,000 characters, 5,000 too many')).toBeVisible()
    await studio.generateButton.click()
    await expect(studio.prompt).toHaveAccessibleDescription(
      /5,000 characters too long\. The limit is 4,000/,
    )
    expect((await studio.prompt.inputValue()).length).toBe(9_000)
    expect(starts).toBe(0)
  },
)

test(
  'F32: a file dropped anywhere stays on the page, and what is wrong with it is said',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await studio.prompt.fill('A kept prompt')
    expect(await dropFile(page, '#stage', 'heron.png', 'image/png')).toBe('handled')
    await expect(page.getByText('starts from text only')).toBeVisible()
    expect(await dropFile(page, 'header', 'notes.pdf', 'application/pdf')).toBe('handled')
    await expect(page.getByText('notes.pdf is not a PNG, JPEG or WebP picture.')).toBeVisible()
    await page.reload()
    await expect(studio.prompt).toHaveValue('A kept prompt')
    await page.goto('/status')
    await expect(page.getByRole('main')).toBeVisible()
    await expect.poll(() => dropFile(page, 'main', 'heron.png', 'image/png')).toBe('handled')
    await expect(page.getByText('You can’t drop files here')).toBeVisible()
  },
)

test(
  'F32: a link or an address dropped outside the text fields does not replace the page',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await page.getByText('More', { exact: true }).click()
    const drop = (field: Locator, type: string) =>
      field.evaluate((element, type) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.setData(type, 'https://example.com/')
        const init = { bubbles: true, cancelable: true, dataTransfer }
        return ['dragover', 'drop'].map((kind) => !element.dispatchEvent(new DragEvent(kind, init)))
      }, type)
    // The browser puts it into a field for text, and opens it where it is dropped on anything else.
    for (const type of ['text/uri-list', 'text/plain']) {
      expect(await drop(studio.prompt, type)).toEqual([false, false])
      for (const other of [
        page.getByRole('radio', { name: '1:1' }),
        page.getByRole('slider', { name: 'Duration' }),
        page.getByRole('switch', { name: 'Audio' }),
        studio.stage,
      ])
        expect(await drop(other, type)).toEqual([true, true])
    }
  },
)

/** Holds a file over a part of the page and drops it there; unless that is handled, the browser opens the file. */
function dropFile(page: Page, selector: string, name: string, type: string) {
  return page
    .locator(selector)
    .first()
    .evaluate(
      (element, file) => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['bytes'], file.name, { type: file.type }))
        const events = ['dragenter', 'dragover', 'drop'].map(
          (kind) => new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }),
        )
        const [, over, drop] = events.map((event) => !element.dispatchEvent(event))
        return over && drop ? 'handled' : 'opened by the browser'
      },
      { name, type },
    )
}

test(
  'F38: a theme chosen in another tab is followed at once, and the system one as it changes',
  { tag: '@long' },
  async ({ studio, page, context }) => {
    await page.emulateMedia({ colorScheme: 'light' })
    await studio.open()
    const ink = () => page.evaluate(() => getComputedStyle(document.body).color)
    const light = await ink()
    await page.emulateMedia({ colorScheme: 'dark' })
    await expect.poll(ink).not.toBe(light)
    await page.emulateMedia({ colorScheme: 'light' })
    await expect.poll(ink).toBe(light)
    const other = await context.newPage()
    await other.emulateMedia({ colorScheme: 'light' })
    await other.goto('/status')
    await other.getByRole('button', { name: 'Switch between dark and light' }).click()
    await expect.poll(ink).not.toBe(light)
    await other.evaluate(() => localStorage.clear())
    await expect.poll(ink).toBe(light)
  },
)

test(
  'F23: Copy works where the browser has no clipboard, and else says so',
  { tag: '@long' },
  async ({ studio, page }) => {
    // As over plain HTTP on a name of the local network.
    await page.addInitScript(() =>
      Object.defineProperty(Navigator.prototype, 'clipboard', { value: undefined }),
    )
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await studio.open()
    await studio.generate({ prompt: 'A heron to copy' })
    await expectToPlay(studio.video('A heron to copy'))
    const card = studio.card('A heron to copy')
    await card.getByRole('button', { name: 'Copy prompt' }).click()
    await expect(card.getByRole('button', { name: 'Copied' })).toBeFocused()
    await studio.prompt.fill('')
    await studio.prompt.press('ControlOrMeta+v')
    await expect(studio.prompt).toHaveValue('A heron to copy')

    await page.evaluate(() => (document.execCommand = () => false))
    await card.getByRole('button', { name: /^Open/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Copy prompt' }).click()
    await expect(page.getByText('Your browser doesn’t allow copying here')).toBeVisible()
  },
)

test(
  'P2: where the files of the page do not arrive, the page says so and what to set',
  { tag: '@long' },
  async ({ page }) => {
    await page.route('**/_next/**', (route) => route.fulfill({ status: 404, body: '' }))
    for (const path of ['/tools/video-generator', '/chat', '/status']) {
      await page.goto(path)
      const notice = page.getByText('This page hasn’t finished loading.')
      await expect(notice).toBeVisible()
      await expect(page.getByText('BASE_PATH=/studio')).toBeVisible()
    }
  },
)

test('P2: a page that has come to life has no such words', async ({ studio, page }) => {
  await studio.open()
  await expect(page.locator('#files-missing')).toHaveCount(0)
})
