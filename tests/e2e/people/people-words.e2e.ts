import type { Page } from '@playwright/test'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { owner, peopleTest as test, signInByApi } from '../helpers/people.ts'
import { expect } from '../helpers/test.ts'
import { type Words, expectOnlyRussian, wordsIn } from '../helpers/pages/words.ts'

test.use({ contextOptions: { reducedMotion: 'reduce' } })

type Look = (what: string) => Promise<void>

/** Opens each address and looks at it once its heading is there and nothing loads any more. */
async function visit(page: Page, addresses: readonly (readonly [string, string])[], look: Look) {
  for (const [address, title] of addresses) {
    await page.goto(address)
    await expect(page.getByRole('heading', { name: title }).first()).toBeVisible()
    await expect(page.locator('main .unexposed')).toHaveCount(0)
    await look(address)
  }
}

/** The ways in, and then the pages of an owner. */
async function walk(page: Page, origin: string, words: Words, look: Look) {
  await visit(
    page,
    [
      [`${origin}/sign-in`, words('entry.signIn.title')],
      [`${origin}/sign-up`, words('entry.signUp.title')],
      [`${origin}/setup`, words('entry.setup.doneTitle')],
      [`${origin}/reset?token=x`, words('entry.reset.title')],
      [`${origin}/invite/x`, words('entry.invite.goneTitle')],
    ],
    look,
  )
  await page.goto(`${origin}/sign-in`)
  await page.getByRole('button', { name: words('entry.signIn.submit'), exact: true }).click()
  await expect(page.getByText(words('entry.needEmail'))).toBeVisible()
  await look('faults')
  await signInByApi(page.request, origin, owner)
  await visit(
    page,
    [
      [`${origin}/welcome`, words('welcome.title')],
      [`${origin}/account`, words('account.profile.title')],
      [`${origin}/account/security`, words('account.sessions.title')],
      [`${origin}/account/organizations`, words('organizations.title')],
      [`${origin}/account/notices`, words('notices.screen.webhooks')],
      [`${origin}/account/usage`, words('usage.charges')],
      [`${origin}/account/keys`, words('keys.title')],
      [`${origin}/admin`, words('admin.people.title')],
      [`${origin}/admin/invitations`, words('invitations.title')],
      [`${origin}/admin/organizations`, words('organizations.title')],
      [`${origin}/admin/money`, words('adminMoney.codes')],
    ],
    look,
  )
  await page.setViewportSize({ width: 390, height: 844 })
  await page.getByRole('button', { name: words('header.account', { name: owner.name }) }).click()
  await expect(page.getByRole('menu')).toBeVisible()
}

test.describe('in Russian', () => {
  test.use({ locale: 'ru-RU' })

  test(
    'every screen of accounts is Russian, fits, and axe finds nothing',
    { tag: '@long' },
    async ({ page, server }) => {
      await walk(page, server.url, wordsIn('ru'), async (what) => {
        await expectOnlyRussian(page)
        await expectFits(page, what)
        await expectNoFaults(page, what)
      })
      await expectOnlyRussian(page)
      await expectFits(page, 'the menu')
    },
  )
})

test(
  'every screen of accounts has room for longer sentences',
  { tag: '@long' },
  async ({ page, stretchedServer }) => {
    await walk(page, stretchedServer.url, wordsIn('stretched'), (what) => expectFits(page, what))
    await expectFits(page, 'the menu')
  },
)
