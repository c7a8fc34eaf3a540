import assert from 'node:assert/strict'
import { chromium, type Page } from '@playwright/test'
import { ensureChromium } from '../../scripts/find-chromium.mjs'
import { pictureOf } from './picture.ts'

/** The name under which the browser finds every proxy; the product has it in ALLOWED_HOSTS. */
export const studioName = 'studio.lan'
// The machine may be busy, and renders share it: only what never comes fails.
const waitMs = 240_000

export function openBrowser() {
  return chromium.launch({
    executablePath: ensureChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--autoplay-policy=no-user-gesture-required',
      `--host-resolver-rules=MAP ${studioName} 127.0.0.1`,
    ],
  })
}

/** The page has style and life: a click on Generate ends in a film that can be seen. */
export async function checkPage(page: Page, base: string) {
  const query = new URLSearchParams({ model: 'local-preview', duration: '2', resolution: '480p' })
  await page.goto(`${base}/?${query}`)
  await page.goto(`${base}/tools/video-generator?${query}`)
  const header = await page.evaluate(
    () => getComputedStyle(document.querySelector('header')!).position,
  )
  assert.equal(header, 'sticky', 'the page comes without its style')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill(`a fox at ${Date.now()}`)
  await page.getByRole('button', { name: /^Generate/ }).click({ timeout: waitMs })
  const film = page.getByRole('region', { name: 'Stage' }).locator('video').first()
  await film.waitFor({ timeout: waitMs })
  await page.waitForFunction(
    () => [...document.querySelectorAll('video')].some(({ readyState }) => readyState >= 1),
    undefined,
    { timeout: waitMs },
  )
  const source = await film.evaluate((video: HTMLVideoElement) => video.currentSrc)
  assert.ok(source.startsWith(`${base}/api/media/`), source)
  await checkRooms(page, base)
}

async function checkRooms(page: Page, base: string) {
  for (const room of ['Chat', 'Status', 'Settings']) {
    await page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name: room }).click()
    await page.waitForURL((url) => url.href.startsWith(`${base}/${room.toLowerCase()}`), {
      timeout: waitMs,
    })
  }
}

/** P3: the page names the proxy that refuses a picture. */
export async function checkRefusedPicture(page: Page, base: string) {
  await page.goto(`${base}/chat`)
  const picture = { name: 'noise.png', mimeType: 'image/png', buffer: pictureOf(2_000_000) }
  await page.getByLabel('Images', { exact: true }).setInputFiles(picture, { timeout: waitMs })
  const words = page.getByText(/proxy in front of this studio rejects .*client_max_body_size/)
  await words.first().waitFor({ timeout: waitMs })
}
