import { expectNoFaults } from '../helpers/pages/axe.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

test.describe('axe finds nothing, dark and light, wide and on a phone', () => {
  // What moves or fades is half transparent while it does, and would be blamed for its contrast.
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('in the list of models', { tag: '@long' }, async ({ studio, page }) => {
    await studio.open()
    await studio.openModels()
    await expectNoFaults(page, 'the list of models')
  })

  test(
    'while the outcome is unknown, and in its question',
    { tag: '@long' },
    async ({ studio, page }) => {
      await studio.open()
      await studio.start('A lost parcel #kie:reset-after #kie:webhook-none')
      await expect(studio.stage.getByText(/^We don’t know whether Kie\.ai started/)).toBeVisible()
      await expectNoFaults(page, 'the unknown card')
      await studio.stage.getByRole('button', { name: 'Retry' }).click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await expectNoFaults(page, 'the question')
    },
  )

  test(
    'in a failure and the large view of a video that changed hands',
    { tag: '@long' },
    async ({ studio, page }) => {
      await studio.open()
      await studio.start('A parcel that is refused #kie:policy')
      await expect(studio.stage.getByText('Failed', { exact: true })).toBeVisible()
      await expectNoFaults(page, 'the failure')
      const prompt = 'A parcel that changes hands #kie:503 #vertex:seconds=0'
      await studio.start(prompt)
      await studio.card(prompt).getByRole('button', { name: /^Open/ }).click()
      await expect(page.getByRole('dialog').getByRole('list', { name: 'Attempts' })).toBeVisible()
      await expectNoFaults(page, 'the large view')
    },
  )
})
