import type { Page } from '@playwright/test'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { booksOf } from '../helpers/servers/books.ts'
import { listen } from '../helpers/pages/listen.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

// What moves or fades is half transparent while it does, and would be blamed for its contrast.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

test(
  'Seedance in 1080p, from a picture dropped on the form',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'A market in three shots'
    await studio.open()
    await studio.chooseModel('Seedance 2')
    await drop(page, await page.screenshot({ clip: { x: 0, y: 0, width: 50, height: 50 } }))
    await expect(page.getByRole('button', { name: 'Replace: First frame' })).toBeVisible()
    await expect(page.getByRole('progressbar', { name: /^Uploading/ })).toHaveCount(0)
    await studio.choose('Resolution', '1080p')
    await studio.start(prompt)
    await expectToPlay(studio.video(prompt))
    await expect(studio.card(prompt)).toContainText('Kie.ai')
    const [job, ...others] = emulated.emulators.kie.jobsOf(prompt)
    expect(others).toEqual([])
    expect(job!.details.body).toMatchObject({
      model: 'bytedance/seedance-2',
      input: { resolution: '1080p', first_frame_url: expect.stringContaining('/uploads/') },
    })
  },
)

test(
  'the best Veo in 1080p: its first version is 720p, and waited past',
  { tag: '@long' },
  async ({ studio, emulated }) => {
    const prompt = 'The final take of a waterfall'
    await studio.open()
    await studio.chooseModel('Veo 3.1')
    await studio.choose('Resolution', '1080p')
    await expect(studio.generateButton).toHaveAccessibleName('Generate · $2.00')
    await studio.start(prompt)
    const { requests, jobsOf } = emulated.emulators.kie
    const looks = () => requests.filter((one) => one.includes('get-1080p-video')).length
    // The first two looks are answered "processing". A click hurries the next one, where the server has not looked already.
    for (const look of [1, 2]) {
      await expect.poll(looks).toBeGreaterThanOrEqual(look)
      await studio.checkButton.evaluateAll(([button]) =>
        (button as HTMLElement | undefined)?.click(),
      )
    }
    await expectToPlay(studio.video(prompt))
    expect(looks()).toBe(3)
    expect(jobsOf(prompt)).toHaveLength(1)
    expect(jobsOf(prompt)[0]!.details.body).toMatchObject({ model: 'veo3' })
  },
)

test(
  'where Vertex is out, the Veo of a server like Gemini makes it',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'A quiet street #vertex:503 #gemini:seconds=0'
    await studio.open()
    await studio.chooseModel('Veo 3.1 Fast')
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('textbox', { name: 'Negative prompt' }).fill('people')
    await studio.start(prompt)
    await expectToPlay(studio.video(prompt))
    await expect(studio.card(prompt)).toContainText('Fell back to Google Gemini.')
    expect(booksOf(emulated, prompt)).toEqual({ gemini: 1 })
    const [job] = emulated.emulators.gemini.jobsOf(prompt)
    expect(job!.reference).toMatch(/^models\/veo-3\.1-fast-generate-preview\/operations\//)
  },
)

test(
  'what a model lacks is said, and so is what it has changed',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const square = page.getByRole('radio', { name: '1:1' })
    await studio.chooseModel('Kling 3.0 Turbo')
    await studio.choose('Format', '1:1')
    const said = await listen(page.getByRole('status'))
    await studio.chooseModel('Veo 3.1 Fast')
    const change = 'Veo 3.1 Fast doesn’t support 1:1 or 5 s. Changed to 9:16 and 8 s.'
    await expect(page.getByText(change).and(page.locator('form *'))).toBeVisible()
    await expect.poll(async () => (await said()).filter((text) => text === change)).toHaveLength(1)
    await expect(page.getByText('Kling 3.0 Turbo and 3 more support 1:1')).toBeVisible()
    await expect(square).toBeDisabled()
    await expect(square).toHaveAccessibleDescription('Veo 3.1 Fast doesn’t support 1:1.')
    await expectNoFaults(page, 'what a model lacks')
    await studio.chooseModel('Kling 3.0 Turbo')
    await expect(square).toBeChecked()
    await expect(page.getByText(change).and(page.locator('form *'))).toHaveCount(0)
  },
)

test(
  'a limit stays with its video, and says how to go on where it is too low',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'A dear parcel #kie:fail'
    const limit = page.getByRole('textbox', { name: 'Spend at most' })
    await studio.open()
    await studio.chooseModel('Veo 3.1 Fast')
    await page.getByText('More', { exact: true }).click()
    await limit.fill('0.50')
    await studio.start(prompt)
    await expect(studio.stage.getByText('Failed', { exact: true })).toBeVisible()
    await page.reload()
    await studio.card(prompt).getByRole('button', { name: 'Reuse settings' }).click()
    await expect(limit).toHaveValue('0.5')
    await expect(limit).toBeVisible()

    await studio.card(prompt).getByRole('button', { name: 'More options' }).click()
    await page.getByRole('menuitem', { name: /^Retry with Veo 3\.1 *\$2\.00$/ }).click()
    await expect(page.getByRole('combobox', { name: 'Model' })).toContainText('Veo 3.1,')
    await expect(limit).toHaveAccessibleDescription(
      'One video with Veo 3.1 costs $2.00; your limit is $0.50. Raise “Spend at most” under More.',
    )
    await expect(limit).toBeFocused()
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
    await limit.fill('2')
    const next = 'A dear parcel'
    const { settings } = await studio.start(next)
    expect(settings).toMatchObject({ model: 'veo-3.1', maxUsd: 2 })
    await expectToPlay(studio.video(next))
  },
)

test(
  'a model that is gone says so, and leads to its successor',
  { tag: '@long' },
  async ({ studio, page }) => {
    const gone = 'Sora 2 was retired on 24 September 2026. Use Veo 3.1 Fast.'
    const model = page.getByRole('combobox', { name: 'Model' })
    const use = { name: 'Use Veo 3.1 Fast instead' }
    await studio.open('', '?model=sora-2&prompt=A+swan')
    await expect(model).toContainText('Sora 2')
    await expect(model).toHaveAccessibleDescription(gone)
    await expectNoFaults(page, 'a model that is gone')
    await page.getByRole('form').getByRole('button', use).click()
    await expect(model).toContainText('Veo 3.1 Fast')

    await studio.chooseModel('Kling 3.0 Turbo')
    await studio.openModels()
    const retired = page.getByRole('region', { name: 'Retired' })
    await expect(retired.getByRole('listitem')).toContainText(gone)
    await retired.getByRole('button', use).click()
    await expect(model).toContainText('Veo 3.1 Fast')
  },
)

/** Drops a picture as a hand does, from another program onto the prompt. */
async function drop(page: Page, png: Buffer) {
  const transfer = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const dropped = new DataTransfer()
    dropped.items.add(new File([bytes], 'market.png', { type: 'image/png' }))
    return dropped
  }, png.toString('base64'))
  const form = page.getByRole('form', { name: 'New video' })
  await form.dispatchEvent('dragover', { dataTransfer: transfer })
  await form.dispatchEvent('drop', { dataTransfer: transfer })
}
