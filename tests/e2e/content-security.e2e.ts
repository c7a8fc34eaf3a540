import type { Page } from '@playwright/test'
import { expectToPlay } from './helpers/playing.ts'
import { expect, test } from './helpers/test.ts'

const pages = ['/tools/video-generator', '/chat', '/settings', '/status']

/** Notes, from the first line of every page, whatever the page's policy has refused. */
async function watchRefusals(page: Page) {
  const refused: string[] = []
  await page.exposeFunction('noteRefusal', (what: string) => void refused.push(what))
  await page.addInitScript(() =>
    addEventListener('securitypolicyviolation', ({ blockedURI, effectiveDirective }) => {
      const { noteRefusal } = globalThis as unknown as { noteRefusal(what: string): void }
      noteRefusal(`${effectiveDirective} ${blockedURI}`)
    }),
  )
  return refused
}

test('no page is refused anything of its own', async ({ page, studio }) => {
  const refused = await watchRefusals(page)
  for (const path of pages) {
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
  }
  await studio.open()
  await studio.generate({ prompt: 'A red kite' })
  await expectToPlay(studio.video('A red kite'))
  expect(refused).toEqual([])
})

test('what slips into a page reaches nobody else', async ({ page }) => {
  const refused = await watchRefusals(page)
  await page.goto('/chat')
  await page.evaluate(async () => {
    const image = new Image()
    image.src = 'http://127.0.0.1:9/pixel.gif?secret'
    document.body.append(image)
    await fetch('http://127.0.0.1:9/secret').catch(() => {})
  })
  await expect
    .poll(() => refused.map((what) => what.split('?')[0]))
    .toEqual(
      expect.arrayContaining([
        'img-src http://127.0.0.1:9/pixel.gif',
        'connect-src http://127.0.0.1:9/secret',
      ]),
    )
})
