import type { BrowserContext, Page } from '@playwright/test'
import { createCanvas } from '@napi-rs/canvas'
import { expect, test } from '../helpers/test.ts'
import { Studio } from '../helpers/pages/studio.ts'
import { listClips } from '../helpers/clips.ts'

/** A browser in which the worker behind the pages runs, as users have it. */
const installed = test.extend<{ phone: BrowserContext; app: Page }>({
  phone: async ({ browser, server }, use) => {
    const context = await browser.newContext({
      baseURL: server.url,
      serviceWorkers: 'allow',
      permissions: ['notifications'],
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
      locale: 'en-GB',
    })
    await use(context)
    await context.close()
  },
  app: async ({ phone }, use) => {
    const page = await phone.newPage()
    await page.goto('/tools/video-generator')
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await page.reload()
    await use(page)
  },
})

/** What another app shares to the installed one, as the system sends it. */
async function share(page: Page, picture: Buffer, text: string) {
  await page.evaluate(
    ([bytes, words]) => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', action: '/share-target' })
      form.enctype = 'multipart/form-data'
      const field = Object.assign(document.createElement('input'), {
        type: 'file',
        name: 'picture',
      })
      const file = new File(
        [Uint8Array.from(atob(bytes!), (one) => one.charCodeAt(0))],
        'shore.png',
        {
          type: 'image/png',
        },
      )
      const files = new DataTransfer()
      files.items.add(file)
      field.files = files.files
      const said = Object.assign(document.createElement('input'), { name: 'text', value: words })
      form.append(field, said)
      document.body.append(form)
      form.submit()
    },
    [picture.toString('base64'), text],
  )
}

/**
 * What the worker shows from now on, noted where it shows it: this browser without a screen forgets its notifications when
 * it likes.
 */
async function notedBy(phone: BrowserContext) {
  const [worker] = phone.serviceWorkers()
  if (!worker) throw new Error('no worker runs behind the pages')
  await worker.evaluate(() => {
    const scope = globalThis as unknown as {
      registration: ServiceWorkerRegistration
      noted: object[]
    }
    const { registration } = scope
    const show = registration.showNotification.bind(registration)
    scope.noted = []
    registration.showNotification = (title, options = {}) => {
      scope.noted.push({ title, body: options.body, data: options.data as unknown })
      return show(title, options)
    }
  })
  return () => worker.evaluate(() => (globalThis as unknown as { noted: object[] }).noted)
}

async function pushTo(phone: BrowserContext, page: Page, data: object) {
  const session = await phone.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    })
  })
  await session.send('ServiceWorker.enable')
  const origin = new URL(page.url()).origin
  await session.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await registered,
    data: JSON.stringify(data),
  })
  await session.detach()
}

installed(
  'the installed studio takes a picture, says when it is offline, and shows pushes',
  { tag: '@long' },
  async ({ phone, app: page, server }) => {
    const studio = new Studio(page)

    await test.step('its manifest and icons are there', async () => {
      const manifest = await page.request.get('/manifest.webmanifest')
      const { icons, start_url } = (await manifest.json()) as {
        icons: { src: string }[]
        start_url: string
      }
      for (const path of [start_url, ...icons.map(({ src }) => src)])
        expect((await page.request.get(new URL(path, `${server.url}/`).href)).status()).toBe(200)
    })

    await test.step('offline it says so, and goes on with what was typed', async () => {
      await studio.prompt.fill('A lighthouse in the rain')
      await phone.setOffline(true)
      await page.reload()
      await expect(page.getByRole('heading', { name: 'You’re offline' })).toBeVisible()
      await phone.setOffline(false)
      await expect(studio.prompt).toHaveValue('A lighthouse in the rain')
    })

    await test.step('a picture shared to it becomes the first frame, once, and starts nothing', async () => {
      const canvas = createCanvas(64, 64)
      canvas.getContext('2d').fillRect(8, 8, 30, 30)
      const kept = page.waitForResponse('**/api/image')
      await share(page, canvas.toBuffer('image/png'), 'Waves roll in')
      await expect(studio.prompt).toHaveValue('Waves roll in')
      expect((await kept).status()).toBe(201)
      expect(new URL(page.url()).searchParams.has('shared')).toBe(false)
      expect(await listClips(page.request)).toEqual([])
    })

    await test.step('a push is shown, and leads to its video', async () => {
      const path = 'tools/video-generator?video=file_1'
      const news = { title: 'Your video is ready', body: 'Waves roll in', tag: 'file_1', path }
      const shown = await notedBy(phone)
      await expect
        .poll(async () => {
          await pushTo(phone, page, news)
          return shown()
        })
        .toContainEqual({ title: news.title, body: news.body, data: { path } })
    })
  },
)

test(
  'a picture shared before the worker is there did not arrive, and the studio says so',
  { tag: '@long' },
  async ({ page, studio }) => {
    await studio.open()
    const answer = await page.request.post('/share-target', {
      maxRedirects: 0,
      multipart: { text: 'x' },
    })
    expect([answer.status(), answer.headers().location]).toEqual([
      303,
      '/tools/video-generator?shared=lost',
    ])
    await page.goto('/tools/video-generator?shared=lost')
    await expect(page.getByText('The shared picture didn’t arrive. Add it here.')).toBeVisible()
  },
)
