import type { Page } from '@playwright/test'
import { AppServer, serverMs } from './helpers/app-server.ts'
import { expectNoFaults } from './helpers/axe.ts'
import { expectFits } from './helpers/narrow.ts'
import { fillSignIn, owner, peopleTest as test, signInByApi } from './helpers/people.ts'
import { expect } from './helpers/test.ts'
import { type Words, expectOnlyRussian, wordsIn } from './helpers/words.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** The ways in, and then the pages of an owner. */
async function walk(
  page: Page,
  origin: string,
  words: Words,
  look: (what: string) => Promise<void>,
) {
  const heading = (name: string) => page.getByRole('heading', { name }).first()
  for (const [path, title] of [
    ['/sign-in', words('entry.signIn.title')],
    ['/sign-up', words('entry.signUp.title')],
    ['/setup', words('entry.setup.doneTitle')],
    ['/reset?token=x', words('entry.reset.title')],
    ['/invite/x', words('entry.invite.goneTitle')],
  ] as const) {
    await page.goto(origin + path)
    await expect(heading(title)).toBeVisible()
    await look(path)
  }
  await page.goto(`${origin}/sign-in`)
  await page.getByRole('button', { name: words('entry.signIn.submit'), exact: true }).click()
  await expect(page.getByText(words('entry.needEmail'))).toBeVisible()
  await look('faults')
  await signInByApi(page.request, origin, owner)
  for (const [path, title] of [
    ['/welcome', words('welcome.title')],
    ['/account', words('account.profile.title')],
    ['/account/security', words('account.sessions.title')],
    ['/account/organizations', words('organizations.title')],
    ['/admin', words('admin.people.title')],
    ['/admin/invitations', words('invitations.title')],
  ] as const) {
    await page.goto(origin + path)
    await expect(heading(title)).toBeVisible()
    await expect(page.locator('main .unexposed')).toHaveCount(0)
    await look(path)
  }
  await page.setViewportSize({ width: 320, height: 640 })
  await page.getByRole('button', { name: owner.name }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await look('the menu')
}

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test('every screen of people is Russian, fits and is accessible', async ({ page, server }) => {
    await walk(page, server.url, wordsIn('ru'), async (what) => {
      await expectOnlyRussian(page)
      await expectFits(page, what)
      await expectNoFaults(page, what)
    })
  })
})

test('with sentences a third longer they fit a phone', async ({ page }) => {
  test.setTimeout(serverMs * 2)
  const server = await AppServer.start({
    variables: { PHOTOFINISH_STRETCH: 'on', SIGN_UP: 'open' },
  })
  try {
    await walkStretched(page, server)
  } finally {
    await server.dispose()
  }
})

async function walkStretched(page: Page, server: AppServer) {
  const words = wordsIn('stretched')
  await page.goto(`${server.url}/sign-in`)
  await expect(page.getByRole('heading', { name: words('entry.signIn.title') })).toBeVisible()
  await expectFits(page, 'the sign-in')
}

void fillSignIn
