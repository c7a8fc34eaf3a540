import { expectToPlay } from '../helpers/pages/playing.ts'
import { killRendersUntilFinal } from '../helpers/renders.ts'
import { expect, test } from '../helpers/test.ts'
import { errorsOf, translate } from '../helpers/pages/translator.ts'

const wrong = /Something went wrong/

for (const how of ['moves', 'replaces'] as const)
  test(
    `F2: the studio survives a translation that ${how} its texts`,
    { tag: '@long' },
    async ({ studio, page, server }) => {
      const errors = errorsOf(page)
      await studio.open()
      await translate(page, how)
      await studio.choose('Format', '16:9')
      await expect(page.getByText('Next video:')).toContainText(/× \d+, \d+ s/)
      await studio.choose('Variations', '2')
      await expect(studio.generateButton).toHaveText('Generate 2 · free')
      await studio.choose('Variations', '1')
      await studio.generate({ prompt: 'A red kite' })
      await expectToPlay(studio.video('A red kite'))
      await expect(studio.stage.getByText(/^Ready in/)).toBeVisible()

      const long = { duration: 10, resolution: '1080p' } as const
      await studio.generate({ prompt: 'A blue kite', ...long })
      await studio.stage.getByRole('button', { name: 'Cancel', exact: true }).click()
      await expect(studio.stage.getByText('Canceled')).toBeVisible()

      const { id } = await studio.generate({ prompt: 'A torn kite', ...long })
      await killRendersUntilFinal(page.request, server.dataFolder, id)
      await expect(studio.stage.getByText('Failed')).toBeVisible()

      const card = studio.card('A red kite')
      await card.getByRole('button', { name: 'Copy prompt' }).click()
      await card.getByRole('button', { name: /^Open/ }).click()
      const large = page.getByRole('dialog')
      await expect(large.getByText('Rendered, saving')).toBeVisible()
      await large.getByRole('button', { name: 'Close' }).click()
      await studio.openModels()
      await page.keyboard.press('Escape')
      await studio.prompt.fill('a'.repeat(3_999))
      await expect(page.getByText('3,999 of 4,000')).toBeVisible()
      await studio.prompt.fill('a'.repeat(4_001))
      await expect(page.getByText('4,001 of 4,000 characters, 1 too many')).toBeVisible()
      await studio.prompt.fill('A green kite')
      for (const room of ['Status', 'Settings', 'Chat']) {
        await page.getByRole('navigation', { name: 'Rooms' }).getByText(room).click()
        await page.waitForURL(`**/${room.toLowerCase()}`)
      }
      await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible()
      await expect(page.getByText(wrong)).toHaveCount(0)
      expect(errors).toEqual([])
    },
  )
