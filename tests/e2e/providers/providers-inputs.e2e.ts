import type { BrowserContext, Page } from '@playwright/test'
import { booksOf } from '../helpers/servers/books.ts'
import { listClips } from '../helpers/clips.ts'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { providerTest as test } from '../helpers/provider-test.ts'
import type { AppServer } from '../helpers/servers/app-server.ts'
import { expect } from '../helpers/test.ts'

const mimeType = 'image/png'

test('a picture that is chosen, and one that is pasted, reach the provider', async ({
  studio,
  page,
  context,
  server,
  emulated: { emulators },
}) => {
  const prompt = 'The harbour begins to move'
  await allowClipboard(context, server)
  await studio.open()
  const first = await picture(page, 40)
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add: First frame' }).click()
  await (await choosing).setFiles({ name: 'harbour.png', mimeType, buffer: first })
  await expect(page.getByRole('button', { name: 'Replace: First frame' })).toBeVisible()
  await studio.prompt.focus()
  await paste(page, await picture(page, 60))
  await expect(page.getByRole('button', { name: 'Replace: Last frame' })).toBeVisible()
  await expect(page.getByRole('progressbar', { name: /^Uploading/ })).toHaveCount(0)

  const { settings } = await studio.start(prompt)
  expect(settings.inputs.firstFrame).toMatch(/^image_/)
  expect(settings.inputs.lastFrame).toMatch(/^image_/)
  await expectToPlay(studio.video(prompt))
  const [job, ...others] = emulators.kie.jobsOf(prompt)
  expect(others).toEqual([])
  const sent = (job!.details.body as { imageUrls: string[] }).imageUrls
  const uploads = sent.map((url) => emulators.kie.uploads.find((upload) => upload.url === url))
  expect(uploads.map((upload) => upload?.contentType)).toEqual([mimeType, mimeType])
  expect(Buffer.from(uploads[0]!.bytes).equals(first)).toBe(true)
})

test(
  'F14: with a picture on its way the browser asks before the page is left',
  { tag: '@long' },
  async ({ studio, page, context, server }) => {
    await allowClipboard(context, server)
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      return dialog.accept()
    })
    await studio.open()
    await studio.prompt.fill('A kept kite')
    let arrive: (() => Promise<void>) | undefined
    await page.route('**/api/image', (route) => {
      arrive = () => route.continue()
    })
    await paste(page, await picture(page, 60))
    await expect.poll(() => arrive !== undefined).toBe(true)
    await page.reload()
    expect(asked).toEqual(['beforeunload'])
    await expect(studio.prompt).toHaveValue('A kept kite')
    await page.unroute('**/api/image')
    await studio.prompt.focus()
    await paste(page, await picture(page, 60))
    await expect(page.getByRole('button', { name: /^Replace/ })).toBeVisible()
    await expect(page.getByRole('progressbar', { name: /^Uploading/ })).toHaveCount(0)
    await page.reload()
    expect(asked).toHaveLength(1)
    await expect(page.getByRole('button', { name: /^Replace/ })).toBeVisible()
  },
)

test(
  'a picture that is pasted before the models are there is added once they are',
  { tag: '@long' },
  async ({ studio, page, context, server }) => {
    await allowClipboard(context, server)
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    await page.route('**/api/models*', async (route) => {
      await held
      await route.continue()
    })
    await page.goto('/tools/video-generator')
    const kept = page.getByText('The picture is added once they are.')
    const early = await picture(page, 60)
    // Until the page has come to life, which nothing on it tells.
    await expect(async () => {
      await studio.prompt.focus()
      await paste(page, early)
      await expect(kept).toBeVisible({ timeout: 1_000 })
    }).toPass()
    letGo()
    await expect(page.getByRole('button', { name: /^Replace/ }).first()).toBeVisible()
    await expect(kept).toHaveCount(0)
  },
)

test(
  'a finished video begins the next one',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'A kite in the wind'
    await studio.open()
    await studio.start(prompt)
    await expectToPlay(studio.video(prompt))
    await studio.card(prompt).getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Use as first frame' }).click()
    await expect(page.getByRole('button', { name: 'Replace: First frame' })).toBeVisible()
    await expect(studio.prompt).toBeFocused()
    await expect(page.getByRole('progressbar', { name: /^Uploading/ })).toHaveCount(0)

    const next = 'The kite flies on'
    await studio.start(next)
    await expectToPlay(studio.video(next))
    const [job] = emulated.emulators.kie.jobsOf(next)
    expect(job!.details.body).toMatchObject({ imageUrls: [expect.stringContaining('/uploads/')] })
  },
)

test(
  'what is no picture, or too large, is refused with a sentence',
  { tag: '@long' },
  async ({ studio, page }) => {
    await studio.open()
    const slot = page.getByLabel('First frame', { exact: true })
    const refused = async (name: string, type: string, buffer: Buffer, sentence: RegExp) => {
      await slot.setInputFiles({ name, mimeType: type, buffer })
      await expect(page.getByText(sentence)).toBeVisible()
    }
    await refused(
      'notes.txt',
      'text/plain',
      Buffer.from('no'),
      /notes\.txt is not a PNG, JPEG or WebP/,
    )
    const large = Buffer.alloc(10 * 1024 * 1024 + 1)
    await refused('poster.png', mimeType, large, /poster\.png is 10\.\d+ MB\. The limit is 10 MB/)
    await expect(page.getByRole('button', { name: 'Add: First frame' })).toBeVisible()
    await refused(
      'fake.png',
      mimeType,
      Buffer.from('no'),
      /fake\.png: Choose a PNG, JPEG or WebP image/,
    )
    await page.getByRole('button', { name: 'Remove: First frame' }).click()
    await expect(page.getByText(/Choose a PNG, JPEG or WebP image/)).toHaveCount(0)
    await expect(page.getByRole('button', { name: 'Add: First frame' })).toBeVisible()
  },
)

test(
  'three variations are three videos, three jobs and three times the price',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'Leaves in autumn'
    await studio.open()
    await studio.choose('Variations', '3')
    await expect(studio.generateButton).toHaveAccessibleName('Generate 3 · $1.20')
    await studio.start(prompt)
    await expect(studio.card(prompt).getByRole('button', { name: /^Open/ })).toHaveCount(3)
    expect(booksOf(emulated, prompt)).toEqual({ kie: 3 })
    const clips = await listClips(page.request)
    expect(new Set(clips.map(({ settings }) => settings.seed)).size).toBe(3)
    expect(clips.map(({ cost }) => cost.actualUsd)).toEqual([0.4, 0.4, 0.4])
  },
)

test(
  'the same settings again: the same video, and no second job',
  { tag: '@long' },
  async ({ studio, page, emulated }) => {
    const prompt = 'Snow on a roof'
    await studio.open()
    const { id } = await studio.start(prompt)
    await expectToPlay(studio.video(prompt))
    await page.getByText('More', { exact: true }).click()
    await page.getByRole('switch', { name: 'Reuse an identical video from the last hour' }).check()
    const again = await studio.start(prompt)
    expect(again.id).toBe(id)
    await expect(page.getByText('Reused an identical video')).toBeVisible()
    await expect(studio.card(prompt)).toHaveCount(1)
    expect(booksOf(emulated, prompt)).toEqual({ kie: 1 })
  },
)

/** A real PNG, other than those of other sizes. */
function picture(page: Page, side: number) {
  return page.screenshot({ clip: { x: 0, y: 0, width: side, height: side } })
}

/** Puts a picture on the clipboard, and presses the keys that paste it. */
function allowClipboard(context: BrowserContext, { url: origin }: AppServer) {
  return context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin })
}

async function paste(page: Page, png: Buffer) {
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
    const blob = new Blob([bytes], { type: 'image/png' })
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
  }, png.toString('base64'))
  await page.keyboard.press('ControlOrMeta+v')
}
