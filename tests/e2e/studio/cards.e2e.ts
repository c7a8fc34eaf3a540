import { listClips, longClip, makeClip } from '../helpers/clips.ts'
import { expect, test } from '../helpers/test.ts'

// With everything that moves.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('a running video is canceled from the page', async ({ studio, page }) => {
  await studio.open()
  await studio.generate({ prompt: 'A kite that comes down', ...longClip })
  await studio.cancelButton.first().click()
  await expect(page.getByText('Canceled').filter({ visible: true }).first()).toBeVisible()
  await expect(studio.progress).toHaveCount(0)
  expect((await listClips(page.request)).map(({ status }) => status)).toEqual(['canceled'])
})

test(
  'a video is downloaded under the words of its prompt, and its settings are used again',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const prompt = 'A kite, to be kept'
    await studio.generate({ prompt, format: '16:9', duration: 3 })
    await expect(studio.video(prompt)).toBeVisible()
    const download = page.waitForEvent('download')
    await studio.card(prompt).getByRole('link', { name: 'Download' }).click()
    expect((await download).suggestedFilename()).toMatch(/^a-kite-to-be-kept\.mp4$/i)

    await studio.fillIn({ prompt: 'Something else', format: '1:1', duration: 5 })
    await studio.card(prompt).getByRole('button', { name: 'Reuse settings' }).click()
    await expect(studio.prompt).toHaveValue(prompt)
    await expect(page.getByRole('radio', { name: '16:9' })).toBeChecked()
    await expect(page.getByRole('slider', { name: 'Duration' })).toHaveValue('3')
  },
)

test(
  'a video is deleted into the trash, comes back by undo, and is gone for good once the trash is emptied',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const prompt = 'A kite, to be forgotten'
    const { id } = await studio.generate({ prompt })
    await expect(studio.video(prompt)).toBeVisible()
    const remove = studio.card(prompt).getByRole('button', { name: 'Delete', exact: true })
    await remove.click()
    await expect(studio.card(prompt)).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(studio.card(prompt)).toBeVisible()

    await remove.click()
    await expect(studio.card(prompt)).toHaveCount(0)
    await expect(studio.video(prompt)).toHaveCount(0)
    await page.reload()
    await expect(studio.history.getByText('Your videos will appear here.')).toBeVisible()
    await page.request.delete('/api/library', { data: { all: true } })
    await expect.poll(async () => (await page.request.get(`/api/file/${id}`)).status()).toBe(404)
  },
)

test(
  'the history comes from the database, a page at a time',
  { tag: '@long' },
  async ({ studio, page }) => {
    await page.request.post('/api/session')
    // A canceled video is a row like any other, and quickly made.
    for (let number = 1; number <= 26; number += 1) {
      const { id } = await start(number)
      await page.request.post(`/api/file/${id}/cancel`)
    }
    const newest = await makeClip(page.request, { prompt: 'Kite number 27' })
    await studio.open()
    await expect(studio.card(newest.settings.prompt)).toBeVisible()
    await expect(studio.history.getByRole('article')).toHaveCount(24)
    await page.getByRole('button', { name: 'Load more' }).click()
    await expect(studio.history.getByRole('article')).toHaveCount(27)
    await expect(studio.card('Kite number 1')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Load more' })).toHaveCount(0)

    async function start(number: number) {
      const data = { prompt: `Kite number ${number}`, ...longClip }
      const response = await page.request.post('/api/generate/video', { data })
      return { id: ((await response.json()) as { fileId: string }).fileId }
    }
  },
)
