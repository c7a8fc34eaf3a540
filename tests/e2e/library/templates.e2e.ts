import { expectNoFaults } from '../helpers/pages/axe.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { expect, test } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'

const words = wordsIn('ru')
const phone = { width: 390, height: 844 }
test.use({ locale: 'ru-RU' })

test(
  'a prompt is saved with variables, found, filled in and used, in Russian and on a phone',
  { tag: '@long' },
  async ({ page }) => {
    await page.setViewportSize(phone)
    await page.goto('/tools/video-generator')
    const prompt = page.getByRole('textbox', { name: words('composer.prompt'), exact: true })
    await prompt.fill('Камера облетает: {герой|рыжая лиса}. {место}. {{не переменная}}')
    const open = page.getByRole('button', { name: words('templates.open') })
    await open.click()
    const dialog = page.getByRole('dialog', { name: words('templates.title') })
    await expect(dialog.getByRole('listitem')).toHaveCount(11)
    await expectFits(page, 'templates')
    await expectNoFaults(page, 'templates')
    await page.setViewportSize(phone)

    await dialog.getByRole('button', { name: words('templates.saveForm') }).click()
    const saving = page.getByRole('dialog', { name: words('templates.saveAs') })
    await expect(
      saving.getByText(words('templates.variables', { names: 'герой и место' })),
    ).toBeVisible()
    await saving.getByRole('button', { name: words('templates.save'), exact: true }).click()
    await expect(saving.getByText(words('templates.needName'))).toBeVisible()
    await saving
      .getByRole('textbox', { name: words('templates.name'), exact: true })
      .fill('Мой облёт')
    await saving.getByRole('button', { name: words('templates.save'), exact: true }).click()
    await expect(dialog.getByRole('heading', { name: 'Мой облёт' })).toBeFocused()
    await dialog.getByRole('button', { name: words('templates.all') }).click()
    await dialog.getByRole('textbox', { name: words('templates.search') }).fill('ОБЛЕТ мой')
    await expect(dialog.getByRole('listitem')).toHaveCount(1)
    const star = dialog.getByRole('button', {
      name: words('templates.star', { name: 'Мой облёт' }),
    })
    await star.click()
    await expect(star).toHaveAttribute('aria-pressed', 'true')

    await dialog.getByRole('button', { name: 'Мой облёт', exact: true }).click()
    await dialog.getByRole('button', { name: words('templates.use') }).click()
    const place = dialog.getByRole('textbox', { name: 'место' })
    await expect(place).toBeFocused()
    await expect(place).toHaveAttribute('aria-invalid', 'true')
    await place.fill('Снежный лес')
    await expectFits(page, 'a template')
    await expectNoFaults(page, 'a template')
    await page.setViewportSize(phone)
    await dialog.getByRole('button', { name: words('templates.use') }).click()
    await expect(prompt).toHaveValue('Камера облетает: рыжая лиса. Снежный лес. {не переменная}')
    await expect(prompt).toBeFocused()

    await open.click()
    await dialog.getByRole('button', { name: 'Мой облёт', exact: true }).click()
    await dialog.getByRole('button', { name: words('templates.delete'), exact: true }).click()
    const question = page.getByRole('alertdialog')
    await question.getByRole('button', { name: words('templates.delete'), exact: true }).click()
    await expect(dialog.getByRole('listitem')).toHaveCount(11)
  },
)
