import type { Page } from '@playwright/test'
import { expectToPlay } from '../helpers/pages/playing.ts'
import { expect, test } from '../helpers/test.ts'

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

test('no page is refused anything of its own', { tag: '@long' }, async ({ page, studio }) => {
  const refused = await watchRefusals(page)
  for (const path of [...pages, '/nothing-here']) {
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
  }
  await studio.open()
  await studio.generate({ prompt: 'A red kite' })
  await expectToPlay(studio.video('A red kite'))
  expect(refused).toEqual([])
})

test('injected markup sends nothing to another site', async ({ page }) => {
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

test('S20: a script that slips into a page does not run', async ({ page }) => {
  const refused = await watchRefusals(page)
  for (const path of [...pages, '/nothing-here']) {
    await page.goto(path)
    await expect(page.getByRole('main')).toBeVisible()
    const hasRun = await page.evaluate(() => {
      const script = document.createElement('script')
      script.textContent = 'globalThis.hasRun = true'
      document.body.append(script)
      const image = document.createElement('div')
      image.innerHTML = '<img src="data:," onerror="globalThis.hasRun = true">'
      document.body.append(image)
      return new Promise<boolean>((resolve) =>
        setTimeout(() => resolve('hasRun' in globalThis), 100),
      )
    })
    expect(hasRun, path).toBe(false)
  }
  await expect
    .poll(() => new Set(refused))
    .toEqual(new Set(['script-src-elem inline', 'script-src-attr inline']))
})

test(
  'S20: the theme chosen before is there with the first paint',
  { tag: '@long' },
  async ({ page }) => {
    await page.addInitScript(() => localStorage.setItem('theme', 'dark'))
    for (const path of pages) {
      await page.goto(path, { waitUntil: 'commit' })
      await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    }
  },
)
