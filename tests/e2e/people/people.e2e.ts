import { codeNow } from '../../support/people/authenticator.ts'
import { AppServer } from '../helpers/servers/app-server.ts'
import { isCompleted, waitForClip } from '../helpers/clips.ts'
import {
  accountButton,
  fillNewAccount,
  fillSignIn,
  newPerson,
  openAs,
  owner,
  peopleTest as test,
  printedSetupLink,
  signInByApi,
  signUpByApi,
} from '../helpers/people.ts'
import { Studio } from '../helpers/pages/studio.ts'
import { expect } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'

const words = wordsIn('en')
/** Long enough to be under way while a visitor signs up. */
const middleClip = { resolution: '1080p', duration: 6 } as const
const studioPath = /\/tools\/video-generator/

test('the link that the start prints makes the first owner, once', async ({ page, browser }) => {
  const server = await AppServer.start()
  try {
    const link = await printedSetupLink(server)
    await page.goto(link)
    await expect(page).toHaveURL(`${server.url}/setup`)
    await fillNewAccount(page, owner, words('entry.setup.submit'))
    await expect(page.getByRole('heading', { name: words('welcome.title') })).toBeVisible()
    await expect(page.getByText('KIE_API_KEY=')).toBeVisible()
    const skip = page.getByRole('button', { name: words('welcome.skip') })
    await skip.first().click()
    await expect(page.getByText(words('welcome.skipped'))).toBeVisible()
    await page.getByRole('link', { name: words('welcome.clip.action') }).click()
    const prompt = page.getByRole('textbox', { name: words('composer.prompt'), exact: true })
    await expect(prompt).toHaveValue(words('welcome.clip.prompt'))
    await accountButton(page, owner).click()
    await expect(page.getByRole('menuitem', { name: words('menu.admin') })).toBeVisible()

    const stranger = await browser.newContext({ baseURL: server.url })
    const other = await stranger.newPage()
    await other.goto(link)
    await expect(other.getByText(words('entry.setup.doneTitle'))).toBeVisible()
    await other.goto('/admin')
    await expect(other).toHaveURL(/\/sign-in\?next=%2Fadmin/)
    await stranger.close()
  } finally {
    await server.dispose()
  }
})

test(
  'an invitation makes one account, by keyboard alone',
  { tag: '@long' },
  async ({ page, browser, server }) => {
    await signInByApi(page.request, server.url, owner)
    await page.goto(`${server.url}/admin/invitations`)
    await page.getByLabel(words('invitations.role'), { exact: true }).selectOption('user')
    await page.getByRole('button', { name: words('invitations.create') }).press('Enter')
    const link = await page.getByRole('textbox', { name: words('invitations.link') }).inputValue()

    const context = await browser.newContext({ locale: 'en-GB' })
    const invited = await context.newPage()
    const person = newPerson('Ines')
    await invited.goto(link)
    await expect(invited.getByText(words('entry.invite.asUser'))).toBeVisible()
    await invited.getByLabel(words('entry.name'), { exact: true }).focus()
    await invited.keyboard.type(person.name)
    await invited.keyboard.press('Tab')
    await invited.keyboard.type('no address')
    await invited.keyboard.press('Enter')
    const email = invited.getByLabel(words('entry.email'))
    await expect(email).toBeFocused()
    await expect(email).toHaveAccessibleDescription(words('entry.needEmail'))
    await email.fill(person.email)
    await invited.keyboard.press('Tab')
    await invited.keyboard.type(person.password)
    await invited.keyboard.press('Enter')
    await expect(accountButton(invited, person)).toBeVisible()
    await invited.goto(`${server.url}/admin`)
    await expect(invited.getByRole('heading', { name: words('page.notFoundTitle') })).toBeVisible()

    const late = await browser.newContext({ locale: 'en-GB' })
    const again = await late.newPage()
    await again.goto(link)
    await expect(again.getByText(words('entry.invite.goneTitle'))).toBeVisible()
    await page.getByRole('button', { name: words('invitations.done') }).click()
    await page.reload()
    await expect(page.getByText(words('invitations.state_used')).first()).toBeVisible()
    await context.close()
    await late.close()
  },
)

test(
  'a second factor is set up, asked for, and other browsers are signed out',
  { tag: '@long' },
  async ({ page, browser, server }) => {
    const person = newPerson('Tomas')
    await signUpByApi(page.request, server.url, person)
    await page.goto(`${server.url}/account/security`)
    const section = page.getByRole('region', { name: words('account.twoFactor.title') })
    await section.getByRole('button', { name: words('account.twoFactor.turnOn') }).click()
    const password = section.getByLabel(words('account.twoFactor.confirmPassword'))
    await expect(password).toBeFocused()
    await password.fill(person.password)
    await page.keyboard.press('Enter')
    await expect(section.getByRole('img', { name: words('account.twoFactor.qr') })).toBeVisible()
    const secret = await section.locator('code').innerText()
    await section.getByLabel(words('account.twoFactor.enter')).fill(codeNow(secret))
    await page.keyboard.press('Enter')
    await expect(section.getByText(words('account.twoFactor.backupTitle'))).toBeVisible()
    const [backupCode = ''] = await section.locator('li code').allInnerTexts()
    await section.getByRole('button', { name: words('account.twoFactor.codesSaved') }).click()
    await expect(section.getByText(words('account.twoFactor.on'))).toBeVisible()

    const context = await browser.newContext({ baseURL: server.url, locale: 'en-GB' })
    const other = await context.newPage()
    await other.goto('/sign-in?next=/account/security')
    await fillSignIn(other, { ...person, password: 'not the password' })
    await expect(other.getByRole('alert')).toBeVisible()
    await expect(other.getByLabel(words('entry.email'))).toHaveValue(person.email)
    await fillSignIn(other, person)
    const code = other.getByLabel(words('entry.second.code'))
    await expect(code).toBeFocused()
    await code.fill('000000')
    await other.keyboard.press('Enter')
    await expect(other.getByRole('alert')).toBeVisible()
    await other.getByRole('button', { name: words('entry.second.useBackup') }).click()
    await other.getByLabel(words('entry.second.backupCode')).fill(backupCode)
    await other.keyboard.press('Enter')
    await expect(other).toHaveURL(/\/account\/security$/)
    const sessions = other.getByRole('region', { name: words('account.sessions.title') })
    await expect(sessions.getByRole('listitem')).toHaveCount(2)

    await page.reload()
    await page.getByRole('button', { name: words('account.sessions.revokeOthers') }).click()
    await expect(page.getByText(words('account.sessions.othersRevoked')).first()).toBeVisible()
    await other.goto('/account')
    await expect(other).toHaveURL(/\/sign-in/)
    await context.close()
  },
)

test(
  'a running video goes on through a sign-up, in this tab and in another one',
  { tag: '@long' },
  async ({ studio, page, context }) => {
    const prompt = 'A ship in a bottle, before the account'
    await studio.open()
    const { id } = await studio.generate({ prompt, ...middleClip })
    const other = new Studio(await context.newPage())
    await other.open()
    await expect(other.progress.first()).toBeVisible()
    await studio.prompt.fill('Not started yet')

    const person = newPerson('Ada')
    await page.getByRole('link', { name: words('header.signIn') }).click()
    await page.getByRole('link', { name: words('entry.signIn.create') }).click()
    await fillNewAccount(page, person, words('entry.signUp.submit'))
    await expect(page).toHaveURL(studioPath)
    await expect(accountButton(page, person)).toBeVisible()
    await expect(studio.prompt).toHaveValue('Not started yet')
    await expect(studio.card(prompt).or(studio.stage)).not.toHaveCount(0)
    await waitForClip(page.request, id, isCompleted)
    await expect(studio.video(prompt)).toBeVisible()
    await expect(other.video(prompt)).toBeVisible()
  },
)

test('a passkey signs in on this machine', { tag: '@long' }, async ({ page, server }) => {
  const person = newPerson('Petra')
  await signUpByApi(page.request, server.url, person)
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  await devTools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${server.url}/account/security`)
  const section = page.getByRole('region', { name: words('account.passkeys.title') })
  await section.getByRole('button', { name: words('account.passkeys.add') }).click()
  await expect(section.getByRole('listitem')).toHaveCount(1)

  await accountButton(page, person).click()
  await page.getByRole('menuitem', { name: words('menu.signOut') }).click()
  await expect(page).toHaveURL(studioPath)
  await page.getByRole('link', { name: words('header.signIn') }).click()
  await page.getByRole('button', { name: words('entry.signIn.passkey') }).click()
  await expect(accountButton(page, person)).toBeVisible()
})

test(
  'two members of an organization see one video, a stranger does not',
  { tag: '@long' },
  async ({ studio, page, browser, server }) => {
    const founder = newPerson('Fay')
    await signUpByApi(page.request, server.url, founder)
    await page.goto(`${server.url}/account/organizations`)
    await page.getByRole('button', { name: words('organizations.create') }).click()
    await page.getByLabel(words('organizations.name')).fill('Film club')
    await page.keyboard.press('Enter')
    const section = page.getByRole('region', { name: 'Film club' })
    await section.getByRole('button', { name: words('invitations.create') }).click()
    const link = await section
      .getByRole('textbox', { name: words('invitations.link') })
      .inputValue()
    await workAs(page, founder, 'Film club')
    await studio.open()
    const { id } = await studio.generate({ prompt: 'Ours' })
    await waitForClip(page.request, id, isCompleted)

    const guest = newPerson('Gus')
    const context = await openAs(browser, server, guest)
    const theirs = new Studio(await context.newPage())
    expect((await context.request.get(`/api/file/${id}`)).status()).toBe(404)
    await theirs.page.goto(link)
    await expect(theirs.page.getByText('Film club')).toBeVisible()
    await theirs.page.getByRole('button', { name: words('entry.invite.accept') }).click()
    await expect(theirs.page.getByRole('region', { name: 'Film club' })).toContainText(founder.name)
    await workAs(theirs.page, guest, 'Film club')
    await theirs.open()
    await expect(theirs.card('Ours').or(theirs.video('Ours')).first()).toBeVisible()
    await context.close()
  },
)

async function workAs(page: Studio['page'], person: typeof owner, organization: string) {
  await accountButton(page, person).click()
  await page.getByRole('menuitemradio', { name: organization }).click()
  await expect(page).toHaveURL(studioPath)
}
