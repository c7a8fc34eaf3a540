import { expectNoFaults } from '../helpers/pages/axe.ts'
import { isCompleted, listClips, makeClip, readClip, waitForClip } from '../helpers/clips.ts'
import { expect, test } from '../helpers/test.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test(
  'by keyboard alone a frame becomes the poster, and a video is trimmed: a new card, with its source',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const prompt = 'A paper boat on a still lake'
    const source = await makeClip(page.request, { prompt })
    const card = studio.card(prompt).first()
    await expect(card).toBeVisible()

    await card.getByRole('button', { name: 'Edit', exact: true }).focus()
    await page.keyboard.press('Enter')
    const editor = page.getByRole('dialog', { name: 'Edit video' })
    await expect(editor.getByRole('radio', { name: 'Trim' })).toBeChecked()
    const start = editor.getByRole('slider', { name: 'Start' })
    await expect(start).toBeEnabled()
    await start.focus()
    const frame = async () => Number(await start.inputValue())
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    const two = await frame()
    expect(two).toBeGreaterThan(0)
    await page.keyboard.press('ArrowRight')
    expect(await frame()).toBeCloseTo(two * 1.5, 2)

    // The frame that is shown becomes the poster.
    await editor.getByRole('button', { name: 'Use this frame as poster' }).focus()
    await page.keyboard.press('Enter')
    await expect(editor.getByText('Poster changed')).toBeVisible()
    const poster = page.locator(`article[data-video=${source.id}] img`)
    await expect(poster).toHaveAttribute('src', /\/poster-\w+\.jpg$/)
    const chosen = await poster.getAttribute('src')
    expect((await page.request.get(chosen!)).headers()['content-type']).toBe('image/jpeg')
    const { posterUrl, posterSeconds } = await readClip(page.request, source.id)
    expect([posterUrl, posterSeconds]).toEqual([chosen, await frame()])
    await start.focus()
    await page.keyboard.press('Home')
    expect(await frame()).toBe(0)
    await expect(start).toHaveAttribute('aria-valuetext', '0:00.000')
    await expectNoFaults(page, 'trim', '[role=dialog]')

    // By numbers as well.
    const end = editor.getByRole('spinbutton', { name: 'End, s' })
    await end.focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('0.5')
    await page.keyboard.press('Tab')
    await expect(editor.getByRole('slider', { name: 'End' })).toHaveValue('0.5')
    const answer = page.waitForResponse('**/api/edit')
    await editor.getByRole('button', { name: 'Trim' }).focus()
    await page.keyboard.press('Enter')
    const { fileId } = (await (await answer).json()) as { fileId: string }
    await expect(editor).toBeHidden()

    const made = await waitForClip(page.request, fileId, isCompleted)
    expect(made).toMatchObject({ kind: 'edit', type: 'video', cost: { actualUsd: 0 } })
    expect(made.durationSeconds).toBeLessThan(source.durationSeconds!)
    expect((await listClips(page.request)).map(({ id }) => id)).toContain(source.id)
    await expect(studio.card(prompt)).toHaveCount(2)

    const newest = page.locator(`article[data-video=${fileId}]`)
    await newest.getByRole('button', { name: `Open ${prompt}` }).focus()
    await page.keyboard.press('Enter')
    const large = page.getByRole('dialog', { name: prompt })
    const family = large.getByRole('region', { name: 'Made from' })
    await expect(family.getByRole('link', { name: prompt })).toHaveAttribute('href', source.url!)
    await page.keyboard.press('Escape')

    await expect.poll(() => page.evaluate(() => history.state?.layer ?? 0)).toBe(0)
    await page.reload()
    const old = page.locator(`article[data-video=${source.id}]`)
    await expect(poster).toHaveAttribute('src', chosen!)
    await old.getByRole('button', { name: 'More actions' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Back to the usual poster' }).press('Enter')
    await expect(poster).toHaveAttribute('src', source.posterUrl!)
  },
)
