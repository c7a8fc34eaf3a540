import type { Page } from '@playwright/test'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { readClip } from '../helpers/clips.ts'
import { listen } from '../helpers/pages/listen.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'

// What moves or fades is half transparent while it does, and would be blamed for its contrast.
test.use({ contextOptions: { reducedMotion: 'reduce' } })

test(
  'frames of a finished video begin, end and guide the next ones',
  { tag: '@long' },
  async ({ studio, page, emulated: { emulators } }) => {
    const prompt = 'A sail at noon'
    await studio.open()
    await studio.start(prompt)
    await expectToPlay(studio.video(prompt))

    await studio.card(prompt).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Use last frame as first frame' }).click()
    await expect(page.getByRole('button', { name: 'Replace: First frame' })).toBeVisible()
    await page.getByRole('button', { name: 'Last frame from history' }).click()
    const dialog = page.getByRole('dialog', { name: 'Choose from your history: Last frame' })
    await expect(dialog.getByRole('button', { name: `Last frame of ${prompt}` })).toBeVisible()
    await expectNoFaults(page, 'the frames of a history')
    const posters = '**/poster*'
    await page.route(posters, (route) => route.abort())
    await dialog.getByRole('button', { name: `Poster of ${prompt}` }).click()
    await expect(dialog.getByRole('alert')).toContainText('Try again, or choose another one.')
    await page.unroute(posters)
    const said = await listen(page.getByRole('status'))
    await dialog.getByRole('button', { name: `Poster of ${prompt}` }).click()
    await expect(page.getByRole('button', { name: 'Replace: Last frame' })).toBeVisible()
    await expect(dialog).toHaveCount(0)
    const isSet = 'Last frame added.'
    await expect.poll(async () => (await said()).filter((text) => text === isSet)).toEqual([isSet])
    await isUploaded(page)
    const framed = 'The sail comes home'
    await studio.start(framed)
    await expectToPlay(studio.video(framed))
    expect(emulators.kie.jobsOf(framed)[0]!.details.body).toMatchObject({
      generationType: 'FIRST_AND_LAST_FRAMES_2_VIDEO',
      imageUrls: [expect.stringContaining('/uploads/'), expect.stringContaining('/uploads/')],
    })

    await page.getByRole('button', { name: 'Remove: First frame' }).click()
    await page.getByRole('button', { name: 'Remove: Last frame' }).click()
    await page.getByRole('button', { name: 'Reference 1 from history' }).click()
    await page.getByRole('button', { name: `Last frame of ${framed}` }).click()
    await page.getByRole('button', { name: 'Reference 2 from history' }).click()
    await page.getByRole('button', { name: `Poster of ${prompt}` }).click()
    await expect(page.getByRole('button', { name: 'Replace: Reference 2' })).toBeVisible()
    await isUploaded(page)
    const guided = 'Another sail like these'
    const { settings } = await studio.start(guided)
    expect(new Set(settings.inputs.references).size).toBe(2)
    await expectToPlay(studio.video(guided))
    const [job] = emulators.kie.jobsOf(guided)
    expect(job!.details.body).toMatchObject({ generationType: 'REFERENCE_2_VIDEO', duration: 8 })
    expect((job!.details.body as { imageUrls: string[] }).imageUrls).toHaveLength(2)
  },
)

test(
  'a finished video is made over, and another one instead',
  { tag: '@long' },
  async ({ studio, page, emulated: { emulators } }) => {
    const first = 'A bridge in the rain'
    const second = 'A tower in the rain'
    await studio.open()
    for (const prompt of [first, second]) {
      await studio.start(prompt)
      await expectToPlay(studio.video(prompt))
    }
    await studio.card(first).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Edit this video' }).click()
    await expect(page.getByRole('combobox', { name: 'Model' })).toContainText('Runway Aleph')
    const source = page.getByRole('group', { name: 'Video to edit' })
    await expect(source).toContainText(first)
    await source.getByRole('button', { name: 'Choose another' }).click()
    const dialog = page.getByRole('dialog', { name: 'Choose a video to edit' })
    await dialog.getByRole('button', { name: second }).click()
    await expect(source).toContainText(second)
    await expect(studio.generateButton).toHaveAccessibleName('Generate · $0.55')

    const prompt = 'The same tower, as a drawing'
    const { settings } = await studio.start(prompt)
    await expectToPlay(studio.video(prompt))
    const { sha256 } = await readClip(page.request, settings.inputs.sourceVideo!)
    const [job, ...others] = emulators.kie.jobsOf(prompt)
    expect(others).toEqual([])
    expect(job!.details.api).toBe('aleph')
    const { videoUrl } = job!.details.body as { videoUrl: string }
    const upload = emulators.kie.uploads.find(({ url }) => url === videoUrl)!
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', upload.bytes)).toString('hex')
    expect(hash).toBe(sha256)
  },
)

async function isUploaded(page: Page) {
  await expect(page.getByRole('progressbar', { name: /^Uploading/ })).toHaveCount(0)
}
