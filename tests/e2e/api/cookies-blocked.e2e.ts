import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { expect, test } from '../helpers/test.ts'

/** The shell without windows reads no preferences; the whole browser stands next to it. */
function wholeBrowser(path = '') {
  const whole = path.replace(/chromium-headless-shell$/, 'chromium')
  return existsSync(whole) ? whole : path
}

const blocked = { profile: { default_content_setting_values: { cookies: 2 } } }

test(
  'F39: a browser set to block all cookies, and with them storage and locks, is named as such',
  { tag: '@long' },
  async ({ server, launchOptions }) => {
    const profile = await mkdtemp(join(tmpdir(), 'photofinish-profile-'))
    await mkdir(join(profile, 'Default'))
    await writeFile(join(profile, 'Default/Preferences'), JSON.stringify(blocked))
    const context = await chromium.launchPersistentContext(profile, {
      ...launchOptions,
      executablePath: wholeBrowser(launchOptions.executablePath),
    })
    try {
      const page = await context.newPage()
      const errors: string[] = []
      page.on('pageerror', ({ message }) => errors.push(message))
      await page.goto(`${server.url}/tools/video-generator`)
      const lock = await page.evaluate(() =>
        navigator.locks.request('a lock', () => 'held').catch(() => 'denied'),
      )
      test.skip(lock === 'held', 'This browser does not read the preference that blocks cookies.')
      const generate = page.getByRole('button', { name: /^Generate/ })
      await expect(generate).toBeEnabled()
      await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('A harbour')
      await generate.click()
      await expect(page.getByText('Your browser blocks cookies').first()).toBeVisible()
      await page.getByRole('button', { name: 'Switch between dark and light' }).click()
      await expect(page.locator('html')).toHaveAttribute('data-theme', /dark|light/)

      await page.goto(`${server.url}/chat`)
      const message = page.getByRole('textbox', { name: 'Message', exact: true })
      await message.fill('hello')
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(page.getByText('Your browser blocks cookies').first()).toBeVisible()
      expect(errors).toEqual([])
    } finally {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    }
  },
)
