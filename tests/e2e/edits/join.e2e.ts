import { isCompleted, makeClip, waitForClip } from '../helpers/clips.ts'
import { expect, test } from '../helpers/test.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test(
  'two videos of the library are joined, in the order that is chosen',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const first = await makeClip(page.request, { prompt: 'The first half of a walk' })
    const second = await makeClip(page.request, { prompt: 'The second half of a walk' })
    await page.goto('/library')
    for (const { settings } of [first, second])
      await page.getByRole('gridcell').filter({ hasText: settings.prompt }).press('Space')
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Join videos' })
    const titles = dialog.getByRole('listitem')
    await expect(titles).toHaveCount(2)
    const isFirstOnTop = (await titles.first().innerText()).includes(first.settings.prompt)
    const [top, below] = isFirstOnTop ? [first, second] : [second, first]
    await dialog.getByRole('button', { name: 'Move video 1 down' }).focus()
    await page.keyboard.press('Enter')
    await expect(titles.nth(1)).toContainText(top.settings.prompt)
    const answer = page.waitForResponse('**/api/edit')
    await dialog.getByRole('button', { name: 'Join 2 videos' }).click()
    const { fileId } = (await (await answer).json()) as { fileId: string }
    const made = await waitForClip(page.request, fileId, isCompleted)
    expect(made.durationSeconds).toBeCloseTo(first.durationSeconds! + second.durationSeconds!, 1)
    expect(made.settings.inputs.sources).toEqual([below.id, top.id])
  },
)
