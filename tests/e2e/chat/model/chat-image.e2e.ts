import { Canvas } from '@napi-rs/canvas'
import type { Page } from '@playwright/test'
import type { EmulatedJob } from '../../../emulators/emulator.ts'
import { serverMs } from '../../helpers/servers/app-server.ts'
import { expectNoFaults, phone } from '../../helpers/pages/axe.ts'
import { ChatRoom } from '../../helpers/pages/chat-room.ts'
import { expectToPlay } from '../../helpers/pages/playing.ts'
import { providerTest, startProviderServer } from '../../helpers/provider-test.ts'
import { expect } from '../../helpers/test.ts'

const test = providerTest.extend<{ chat: ChatRoom }>({
  // Every video costs more than this: each is asked about.
  providerServer: [
    async ({ emulated }, use) => {
      const server = await startProviderServer(emulated, { CHAT_CONFIRM_ABOVE_USD: '0.1' })
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],

  // The studio is asked for because it stops what a test has left under way.
  chat: async ({ studio }, use) => use(new ChatRoom(studio.page)),
})

/** A picture of its own colour, so that no two are the same bytes. */
function aPicture(name: string, colour: string, width = 640, height = 360) {
  const canvas = new Canvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = colour
  context.fillRect(0, 0, width, height)
  return { name, mimeType: 'image/png', buffer: canvas.encodeSync('png') }
}

const attached = (page: Page) => page.getByRole('list', { name: 'Images of your message' })

/** What is said of an image that was not taken. */
const fault = (page: Page) => page.getByRole('form', { name: 'Your message' }).getByRole('alert')

function attach(page: Page, ...pictures: ReturnType<typeof aPicture>[]) {
  return page.getByLabel('Images', { exact: true }).setInputFiles(pictures)
}

/** What a job was told to begin with, at Veo's provider. */
const beginningOf = (job: EmulatedJob | undefined) =>
  (job?.details.body as { imageUrls?: string[] } | undefined)?.imageUrls

test(
  'an image becomes a video, and the same image another one',
  { tag: '@long' },
  async ({ chat, page, emulated }) => {
    const { kie } = emulated.emulators
    const picture = aPicture('shore.png', '#1b4d6b')
    await chat.open()
    await attach(page, picture)
    await expect(attached(page).getByRole('img', { name: 'shore.png' })).toBeVisible()
    await expect(attached(page).getByRole('progressbar')).toHaveCount(0)
    await chat.say('animate this with a slow zoom')
    const shown = chat.questions.getByRole('img', { name: 'image 1 of your message' })
    await expect(shown).toBeVisible()
    expect(kie.jobs).toHaveLength(0)

    await page.getByRole('button', { name: /^Spend \$/ }).click()
    await expect(chat.answers.last()).toContainText('Veo 3.1 Lite makes it for about $0.20')
    await expectToPlay(chat.video(1))
    expect(kie.uploads).toHaveLength(1)
    expect(Buffer.from(kie.uploads[0]!.bytes)).toEqual(picture.buffer)
    expect(beginningOf(kie.jobs[0])).toEqual([kie.uploads[0]!.url])

    await chat.say('the same picture, but at night')
    await page.getByRole('button', { name: /^Spend \$/ }).click()
    await expectToPlay(chat.video(2))
    const [first, second] = await chat.files()
    expect(second?.settings).toMatchObject({ prompt: 'slow zoom, at night', aspectRatio: '16:9' })
    expect(second?.settings.inputs.firstFrame).toBe(first?.settings.inputs.firstFrame)
    expect(kie.jobs).toHaveLength(2)
    const given = kie.uploads.find(({ url }) => url === beginningOf(kie.jobs[1])?.[0])
    expect(Buffer.from(given!.bytes)).toEqual(picture.buffer)

    await page.reload()
    await expect(shown).toBeVisible()
    const large = page.waitForEvent('popup')
    await shown.click()
    expect((await large).url()).toContain('/api/media/image_')
  },
)

test(
  'a video of an image is opened in the form with its picture, and made there again',
  { tag: '@long' },
  async ({ chat, studio, page, emulated }) => {
    const { kie } = emulated.emulators
    const picture = aPicture('cliff.png', '#6b1b4d')
    await chat.open()
    await attach(page, picture)
    await expect(attached(page).getByRole('img', { name: 'cliff.png' })).toBeVisible()
    await expect(attached(page).getByRole('progressbar')).toHaveCount(0)
    await chat.say('animate this with a slow turn')
    await page.getByRole('button', { name: /^Spend \$/ }).click()
    await expectToPlay(chat.video(1))
    const [made] = await chat.files()
    await chat.card(1).getByRole('link', { name: 'Use in the form' }).click()

    const slot = page.getByRole('button', { name: 'Replace: First frame' })
    await expect(slot).toBeVisible()
    const shown = slot.locator('img')
    await expect.poll(() => shown.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBe(640)
    await expect(studio.prompt).toHaveValue('slow turn')
    // Its maker took no seed, and a limit that was agreed to stays in sight.
    expect(new URL(page.url()).searchParams.has('seed')).toBe(false)
    expect(new URL(page.url()).searchParams.get('maxUsd')).toBe('0.2')
    expect(kie.jobsOf('slow turn')).toHaveLength(1)

    const again = await studio.startedBy(() => studio.generateButton.click())
    expect(again.settings.inputs).toEqual(made!.settings.inputs)
    await expect.poll(() => kie.jobsOf('slow turn').length).toBe(2)
  },
)

test(
  'images of a draft outlive a reload, and what is no image is told of',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await attach(page, aPicture('a.png', '#123456'), aPicture('b.png', '#654321', 360, 640))
    await expect(attached(page).getByRole('img')).toHaveCount(2)
    await expect(attached(page).getByRole('progressbar')).toHaveCount(0)
    await expect(chat.sendButton).toBeEnabled()
    await page.reload()
    await expect(attached(page).getByRole('img')).toHaveCount(2)

    await attach(page, aPicture('c.png', '#111'), aPicture('d.png', '#222'))
    await expect(fault(page)).toHaveText('You can attach up to 3 images to a message.')
    await expect(attached(page).getByRole('img')).toHaveCount(3)
    await page.getByRole('button', { name: 'Remove Image 1' }).click()
    await expect(attached(page).getByRole('img')).toHaveCount(2)
    await expect(chat.message).toBeFocused()
    await attach(page, { ...aPicture('e.gif', '#333'), mimeType: 'image/gif' })
    await expect(fault(page)).toHaveText('e.gif is not a PNG, JPEG or WebP picture.')
  },
)

test(
  'an upload that fails says why, is tried again, and holds the message back',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await page.route('**/api/image', (route) => route.abort())
    await attach(page, aPicture('a.png', '#424242'))
    await expect(fault(page)).toContainText('a.png: Can’t reach the server.')
    await chat.message.fill('animate this')
    await expect(chat.sendButton).toBeDisabled()
    await page.unroute('**/api/image')
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect(fault(page)).toHaveCount(0)
    await expect(chat.sendButton).toBeEnabled()
  },
)

test(
  'dropped and pasted images are attached, and an edited message keeps its own',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await give(page, 'drop', aPicture('dropped.png', '#0a5'))
    await give(page, 'paste', aPicture('pasted.png', '#50a'))
    await expect(attached(page).getByRole('img', { name: 'dropped.png' })).toBeVisible()
    await expect(attached(page).getByRole('img', { name: 'pasted.png' })).toBeVisible()
    await expect(chat.sendButton).toBeEnabled()
    await chat.say('')
    await expect(chat.answers).toContainText('What should happen in the image?')
    await page.getByRole('button', { name: 'Edit message' }).click()
    await page.getByRole('textbox', { name: 'Edited message' }).fill('hello again')
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect(chat.questions).toContainText('hello again')
    await chat.expectQuiet()
    const [question] = (await chat.read()).messages
    expect(question?.parts.map(({ type }) => type)).toEqual(['file', 'file', 'text'])
  },
)

test.describe('axe finds nothing', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } })

  test('with images attached, refused and sent', { tag: '@long' }, async ({ chat, page }) => {
    await chat.open()
    await attach(page, aPicture('a.png', '#123', 360, 640), aPicture('b.png', '#456'))
    await attach(page, { ...aPicture('c.gif', '#333'), mimeType: 'image/gif' })
    await expect(fault(page)).toBeVisible()
    await expect(attached(page).getByRole('progressbar')).toHaveCount(0)
    await expectNoFaults(page, 'attached')
    await chat.say('hello')
    await expectNoFaults(page, 'sent')
    await page.setViewportSize(phone)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.width)
  })
})

/** Drops or pastes a file as a user would, onto the message. */
async function give(
  page: Page,
  how: 'drop' | 'paste',
  { name, mimeType, buffer }: ReturnType<typeof aPicture>,
) {
  const file = { how, name, mimeType, base64: buffer.toString('base64') }
  await page.getByRole('textbox', { name: 'Message', exact: true }).evaluate((box, given) => {
    const bytes = Uint8Array.from(atob(given.base64), (letter) => letter.codePointAt(0)!)
    const data = new DataTransfer()
    data.items.add(new File([bytes], given.name, { type: given.mimeType }))
    const init = { bubbles: true, cancelable: true }
    box.dispatchEvent(
      given.how === 'drop'
        ? new DragEvent('drop', { ...init, dataTransfer: data })
        : new ClipboardEvent('paste', { ...init, clipboardData: data }),
    )
  }, file)
}
