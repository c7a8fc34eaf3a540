import type { AppServer } from '../helpers/servers/app-server.ts'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { isCompleted, waitForClip } from '../helpers/clips.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { expect, test } from '../helpers/test.ts'
import { expectOnlyRussian, wordsIn } from '../helpers/pages/words.ts'

const words = wordsIn('en')
const prompt = 'a fox that only I know'

/** The bytes of a link, as a program asks for them. */
const bytesOf = (server: AppServer, path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, server.url), { headers })

test('a video is shared by a link with a password, watched by a stranger, and revoked while it plays', async ({
  studio,
  server,
  page,
  browser,
}) => {
  await studio.open(server.url)
  const { id } = await studio.generate({ prompt })
  await waitForClip(page.request, id, isCompleted)

  // Made in the menu of its card.
  await studio
    .card(prompt)
    .getByRole('button', { name: words('studio.history.actions') })
    .click()
  await page.getByRole('menuitem', { name: words('share.menu') }).click()
  const dialog = page.getByRole('dialog', { name: words('share.title', { kind: 'video' }) })
  await expect(dialog.getByText(words('share.noLinks', { kind: 'video' }))).toBeVisible()
  await dialog.getByLabel(words('share.password')).fill('fox-123')
  await dialog.getByRole('button', { name: words('share.create') }).click()
  const link = dialog.getByRole('listitem').getByRole('link')
  await expect(link).toBeVisible()
  await expect(dialog.getByRole('listitem')).toContainText(words('share.hasPassword'))
  await expectNoFaults(page, 'the dialog')
  const url = (await link.getAttribute('href'))!
  const token = url.split('/').at(-1)!

  // Opened by a stranger, on a phone, in the other language and in the dark.
  const phone = { width: 390, height: 800 }
  const context = await browser.newContext({
    locale: 'ru-RU',
    viewport: phone,
    colorScheme: 'dark',
  })
  const visit = await context.newPage()
  const russian = wordsIn('ru')
  expect((await visit.goto(url))?.status()).toBe(200)
  await expect(visit.locator('video')).toHaveCount(0)
  const password = visit.getByLabel(russian('share.page.password'))
  await password.fill('cat')
  await visit.getByRole('button', { name: russian('share.page.open') }).click()
  await expect(visit.getByText(russian('share.wrongPassword'))).toBeVisible()
  await expectOnlyRussian(visit)
  await password.fill('fox-123')
  await visit.getByRole('button', { name: russian('share.page.open') }).click()
  const film = visit.locator('video')
  await expect(film).toBeVisible()
  await film.evaluate((video: HTMLVideoElement) => {
    video.muted = true
    return video.play()
  })
  await expect
    .poll(() => film.evaluate((video: HTMLVideoElement) => video.videoWidth))
    .toBeGreaterThan(0)
  expect(await visit.content()).not.toContain(prompt)
  await expect(visit.getByRole('link', { name: russian('share.page.download') })).toHaveCount(0)
  await expect(visit.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/)
  await expectOnlyRussian(visit)
  await expectNoFaults(visit, 'the page of a link')
  await expectFits(visit, 'the page of a link')
  const names = (await context.cookies()).map(({ name }) => name)
  expect(names.filter((name) => name.includes('session'))).toEqual([])

  // Without a password it has a preview.
  await dialog.getByRole('switch', { name: words('share.withPrompt') }).check()
  await dialog.getByRole('button', { name: words('share.create') }).click()
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  const open = (await dialog.getByRole('listitem').first().getByRole('link').getAttribute('href'))!
  const head = await (await fetch(open)).text()
  for (const tag of ['og:video', 'og:title', 'twitter:card', 'application/json+oembed'])
    expect(head).toContain(tag)
  expect(head).toContain(prompt)

  // Revoked: its page is gone, and so are its bytes.
  const media = `/api/share/${token}/video.mp4`
  const cookie = (await context.cookies(new URL(media, server.url).href))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ')
  expect((await bytesOf(server, media, { cookie, range: 'bytes=0-3' })).status).toBe(206)
  await dialog
    .getByRole('listitem')
    .filter({ hasText: token })
    .getByRole('button', { name: words('share.revoke') })
    .click()
  await expect(dialog.getByRole('listitem')).toHaveCount(1)
  expect((await bytesOf(server, media, { cookie, range: 'bytes=0-3' })).status).toBe(404)
  // The browser has all of the little film: it asks for the bytes once more as for those of a longer one.
  await film.evaluate((video: HTMLVideoElement) => {
    video.src += '?more'
  })
  await expect(visit.getByText(russian('share.page.ended'))).toBeVisible()
  expect((await visit.reload())?.status()).toBe(404)
  expect((await visit.goto(`${server.url}/s/${'0'.repeat(32)}`))?.status()).toBe(404)
  await context.close()
})
