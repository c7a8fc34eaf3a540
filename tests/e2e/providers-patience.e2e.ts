import { booksOf } from './helpers/books.ts'
import { providerTest as test } from './helpers/provider-test.ts'
import { expect } from './helpers/test.ts'

// What a provider does not know yet is asked about for a minute before it counts as lost.
test('a job the provider has lost, and a link that never leads to a video', async ({
  studio,
  emulated,
}) => {
  const lost = 'A letter that is lost #kie:lost #kie:callback-none'
  const html = 'A letter that is another #kie:link-html'
  await studio.open()
  await studio.start(html)
  await studio.start(lost)
  await expect(studio.stage.getByText('Rendering at Kie.ai')).toBeVisible()
  await expect(studio.card(html)).toContainText(
    'What came back is not a playable video. Try again.',
    { timeout: 60_000 },
  )
  await expect(studio.stage.getByText('Rendering at Kie.ai')).toBeVisible()

  const sentence = studio.stage.getByText('Kie.ai does not know this video any more.')
  await expect(async () => {
    await studio.checkButton.click({ timeout: 1_000 })
    await expect(sentence).toBeVisible({ timeout: 3_000 })
  }).toPass({ timeout: 100_000, intervals: [5_000] })
  await expect(studio.stage.getByRole('button', { name: 'Retry', exact: true })).toBeVisible()
  expect(booksOf(emulated, lost)).toEqual({ kie: 1 })
  expect(booksOf(emulated, html)).toEqual({ kie: 1 })
})
