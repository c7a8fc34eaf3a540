import type { Page } from '@playwright/test'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { expect, test } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'

const words = wordsIn('en')

/** As a spreadsheet puts cells on the clipboard. */
function paste(page: Page, text: string) {
  return page.getByRole('textbox', { name: 'Prompt, row 1' }).evaluate((field, copied) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', copied)
    field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, text)
}

test('a pasted table is checked row by row, priced, started whole, and followed as one thing', async ({
  page,
}) => {
  await page.goto('/tools/batch')
  await page.getByLabel(words('batch.name')).fill('Launch')
  await paste(
    page,
    'prompt\tduration\tresolution\tNotes\na red fox\t2\t480p\tx\na blue wolf\t55\t480p\ty\na green owl\t2\t480p\tz',
  )
  await expect(page.getByText('Columns without a meaning here: Notes.')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: /^[123]/ })).toHaveCount(3)

  await page.getByRole('button', { name: words('batch.check', { count: 3 }) }).click()
  const second = page.getByRole('textbox', { name: 'Prompt, row 2' })
  await expect(second).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText(/Nothing was started/)).toBeVisible()
  await expectNoFaults(page, 'a batch with faults')

  await page.getByRole('textbox', { name: 'Seconds, row 2' }).fill('2')
  await page.getByRole('button', { name: words('batch.check', { count: 3 }) }).click()
  await page.getByRole('button', { name: /^Start 3 rows · free/ }).click()
  const batches = page.getByRole('region', { name: words('batch.list') })
  await expect(batches.getByText('Launch')).toBeVisible()
  await expect(batches.getByText(/^3 of 3 ready/)).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  await expectFits(page, 'batches')
  await page.reload()
  await expect(batches.getByText(/^3 of 3 ready/)).toBeVisible()
})

test(
  'a batch of images takes a reference picture for each row',
  { tag: '@long' },
  async ({ page }) => {
    await page.goto('/tools/batch')
    await page.getByRole('radio', { name: words('batch.kindOf', { kind: 'image' }) }).check()
    await paste(page, 'prompt\tmodel\nan apple\tlocal-still\na pear\tlocal-still')
    await expect(page.getByRole('textbox', { name: /^Seconds/ })).toHaveCount(0)
    await page.getByRole('button', { name: words('batch.check', { count: 2 }) }).click()
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/batch'))
    await page.getByRole('button', { name: /^Start 2 rows · free/ }).click()
    expect((await sent).postDataJSON()).toMatchObject({ kind: 'image' })
    const batches = page.getByRole('region', { name: words('batch.list') })
    await expect(batches.getByText('2 of 2 ready', { exact: true })).toBeVisible()
  },
)

test(
  'a proposal for the prompt is compared, taken, undone, and kept with the video',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    await studio.fillIn({ prompt: 'a fox in the snow' })
    await page.getByRole('button', { name: words('improve.ask') }).click()
    const proposal = page.getByRole('region', { name: words('improve.title') })
    await expect(proposal.getByText(words('improve.byRules'))).toBeVisible()
    await expect(proposal.locator('ins')).toBeVisible()
    await expect(proposal.locator('del')).toHaveCount(0)
    // The button has the focus: one key takes it.
    await page.keyboard.press('Enter')
    await expect(studio.prompt).toHaveValue(/^a fox in the snow\. .+/)
    await page.getByRole('button', { name: words('improve.undo') }).click()
    await expect(studio.prompt).toHaveValue('a fox in the snow')
    await page.getByRole('button', { name: words('improve.ask') }).click()
    await proposal.getByRole('button', { name: words('improve.take') }).click()
    const sent = page.waitForRequest((request) => request.url().endsWith('/api/generate/video'))
    await studio.generateButton.click()
    expect((await sent).postDataJSON()).toMatchObject({ promptBefore: 'a fox in the snow' })
  },
)
