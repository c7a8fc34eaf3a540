import { booksOf } from '../../helpers/servers/books.ts'
import { providerTest as test } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

test('a retry says what it costs now, and is one more job', async ({ studio, emulated }) => {
  const prompt = 'A coin that falls twice #kie:fail'
  await studio.open()
  await studio.start(prompt)
  const retry = studio.stage.getByRole('button', { name: 'Retry · $0.40' })
  await expect(retry).toHaveAccessibleDescription(
    'Up to $1.20 if it falls back to another provider',
  )
  await expect(studio.card(prompt).getByRole('button', { name: 'Retry · $0.40' })).toBeVisible()
  await studio.startedBy(() => retry.click())
  await expect(studio.card(prompt)).toHaveCount(2)
  expect(booksOf(emulated, prompt)).toEqual({ kie: 2 })
})

test(
  'a video that failed for want of credits leads to where they are topped up',
  { tag: '@long' },
  async ({ studio, page }) => {
    const prompt = 'A coin that is missing #kie:402'
    await studio.open()
    await studio.chooseModel('Kling 3.0 Turbo')
    await studio.start(prompt)
    await studio.card(prompt).getByRole('button', { name: 'More options' }).click()
    await expect(page.getByRole('menuitem', { name: 'Providers and billing' })).toBeVisible()
    // F37: Back closes the menu.
    const menu = page.getByRole('menu')
    await page.goBack()
    await expect(menu).toHaveCount(0)
    await expect(page).toHaveURL(/video-generator$/)
    await studio.card(prompt).getByRole('button', { name: 'More options' }).click()
    await expect(menu).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(menu).toHaveCount(0)
    await studio.stage.getByRole('link', { name: 'Providers and billing' }).click()
    await expect(page).toHaveURL(/\/settings#provider-kie$/)

    const kie = page.getByRole('region', { name: 'Kie.ai' })
    await expect(kie).toBeInViewport()
    const billing = kie.getByRole('link', { name: /^Billing/ })
    await expect(billing).toHaveAttribute('href', 'https://kie.ai/pricing')
    await expect(billing).toHaveAttribute('target', '_blank')
    await expect(billing).toHaveAttribute('rel', /noopener/)
    // Kie has to be let in again for the test that comes next.
    await kie.getByRole('button', { name: 'Check again' }).click()
    await expect(kie).not.toContainText('Paused')

    // F37: what is chosen in a menu is gone to for good, and one Back leads to where it was.
    await page.goBack()
    await studio.card(prompt).getByRole('button', { name: 'More options' }).click()
    await menu.getByRole('menuitem', { name: 'Providers and billing' }).click()
    await expect(kie).toBeVisible()
    await expect(page).toHaveURL(/\/settings#provider-kie$/)
    await page.goBack()
    await expect(page).toHaveURL(/video-generator$/)
  },
)

test(
  'F37: Back closes a menu and stays; what was chosen in one is left with one Back',
  { tag: '@long' },
  async ({ studio, page }) => {
    const prompt = 'A coin that is missing again #kie:402'
    await page.goto('/status')
    await studio.open()
    await studio.chooseModel('Kling 3.0 Turbo')
    await studio.start(prompt)
    const more = studio.card(prompt).getByRole('button', { name: 'More options' })
    const billing = page.getByRole('menuitem', { name: 'Providers and billing' })
    await more.click()
    await expect(billing).toBeVisible()
    await page.goBack()
    await expect(billing).toHaveCount(0)
    await expect(page).toHaveURL(/video-generator$/)
    await more.click()
    await billing.click()
    await expect(page).toHaveURL(/\/settings#provider-kie$/)
    const kie = page.getByRole('region', { name: 'Kie.ai' })
    await kie.getByRole('button', { name: 'Check again' }).click()
    await expect(kie).not.toContainText('Paused')
    await page.goBack()
    await expect(page).toHaveURL(/video-generator$/)
    await expect(studio.generateButton).toBeEnabled()
    await page.goBack()
    await expect(page).toHaveURL(/status$/)
  },
)
