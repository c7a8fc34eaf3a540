import type { Page } from '@playwright/test'
import { type AppServer, serverMs } from '../helpers/servers/app-server.ts'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { isCompleted, smallClip, waitForClip } from '../helpers/clips.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import {
  type Person,
  newPerson,
  owner,
  peopleTest as test,
  setUpOwner,
  signInByApi,
  signUpByApi,
} from '../helpers/people.ts'
import { providerTest, startProviderServer } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'

const words = wordsIn('en')
const calm = { contextOptions: { reducedMotion: 'reduce' } } as const

test.use(calm)

test(
  'a key is made, shown once, used by a program, changed, and revoked',
  { tag: '@long' },
  async ({ page, server }) => {
    await signUpByApi(page.request, server.url, newPerson('Kay'))
    await page.goto(`${server.url}/account/keys`)
    await page.getByRole('button', { name: words('keys.create') }).click()
    await expect(page.getByLabel(words('keys.name'), { exact: true })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText(words('keys.needName'))).toBeVisible()
    await page.getByLabel(words('keys.name'), { exact: true }).fill('Nightly')
    await page.getByLabel(words('keys.limit')).fill('1,000')
    await page.keyboard.press('Enter')
    await expect(page.getByText(words('usage.needLimit'))).toBeVisible()
    await page.getByLabel(words('keys.limit')).fill('12,50')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: words('keys.onceTitle') })).toBeFocused()
    const key = await page.getByRole('textbox', { name: words('keys.key') }).inputValue()
    await expect(page.getByText(`Bearer ${key}`)).toBeVisible()
    await expectNoFaults(page, 'a new key')

    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const read = () => fetch(`${server.url}/api/file`, { headers })
    expect((await read()).status).toBe(200)
    const body = JSON.stringify({ prompt: 'Made by a program', ...smallClip })
    const started = await fetch(`${server.url}/api/generate/video`, {
      method: 'POST',
      headers,
      body,
    })
    expect(started.status).toBe(202)

    await page.reload()
    const row = page.getByRole('listitem').filter({ hasText: 'Nightly' })
    await expect(row).toContainText('Up to $12.50 a month')
    await expect(row).toContainText('Last used')
    await expect(page.locator('body')).not.toContainText(key)
    const change = async (name: string, what: () => Promise<void>) => {
      await page.getByRole('button', { name: words('keys.changeOf', { name }) }).click()
      await what()
      await page.getByRole('button', { name: words('account.save'), exact: true }).click()
    }
    const generate = page.getByLabel(words('keys.scope_generate'), { exact: true })
    await change('Nightly', async () => {
      await page.getByLabel(words('keys.name'), { exact: true }).fill('Nightly, changed')
      await page.getByLabel(words('keys.limit')).fill('5')
      await page.getByLabel(words('keys.lasts')).selectOption('')
      await generate.uncheck()
      await expectNoFaults(page, 'a key that is changed')
    })
    await expect(row).toContainText('Up to $5.00 a month')
    await expect(row).toContainText(words('keys.neverExpires'))
    const start = () => fetch(`${server.url}/api/generate/video`, { method: 'POST', headers, body })
    expect((await start()).status).toBe(403)
    await change('Nightly, changed', () => generate.check())
    const question = page.getByRole('alertdialog')
    await expect(question).toContainText('Programs that already hold this key')
    await question.getByRole('button', { name: words('keys.strongerAction') }).click()
    await expect(generate).toHaveCount(0)
    expect((await start()).status).toBe(202)

    await row
      .getByRole('button', { name: words('keys.revokeOf', { name: 'Nightly, changed' }) })
      .click()
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: words('keys.revoke') })
      .click()
    await expect(row).toHaveCount(0)
    expect((await read()).status).toBe(401)
  },
)

const paidTest = providerTest.extend<object, { paidServer: AppServer }>({
  paidServer: [
    async ({ emulated }, use) => {
      const server = await startProviderServer(emulated, { BILLING: 'credits', SIGN_UP: 'open' })
      await setUpOwner(server)
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],
  server: ({ paidServer }, use) => use(paidServer),
})
paidTest.use(calm)

paidTest(
  'without credits nothing starts; with a grant it does, and every cent is told',
  { tag: '@long' },
  async ({ studio, page, browser, server }) => {
    const person = newPerson('Nell')
    await signUpByApi(page.request, server.url, person)
    await studio.open()
    await studio.chooseModel('Kling 3.0 Turbo')
    await studio.prompt.fill('A purse')
    await expect(page.getByText('Your balance is $0.00.')).toBeVisible()
    await studio.generateButton.click()
    const refusal = page.getByRole('alert').filter({ hasText: words('composer.notStarted') })
    await expect(refusal).toContainText('is missing')
    await refusal.getByRole('link', { name: words('composer.addCredits') }).click()
    await expect(page).toHaveURL(/\/account\/usage$/)
    await expect(available(page)).toHaveText('$0.00')
    await expectNoFaults(page, 'no credits')

    const context = await browser.newContext({
      baseURL: server.url,
      locale: 'en-GB',
      reducedMotion: 'reduce',
    })
    await signInByApi(context.request, server.url, owner)
    const admin = await context.newPage()
    await admin.goto('/admin/money')
    await grantByScreen(admin, person)
    const code = await makeCode(admin)
    await expectFits(admin, 'money with codes')
    await expectNoFaults(admin, 'money with codes')
    await context.close()

    await page.getByLabel(words('usage.code'), { exact: true }).fill(code.toLowerCase())
    await page.keyboard.press('Enter')
    await expect(available(page)).toHaveText('$7.50')
    await studio.open()
    await studio.chooseModel('Kling 3.0 Turbo')
    const { id } = await studio.start('A purse')
    await waitForClip(page.request, id, isCompleted)

    await page.goto('/account/usage')
    const charge = page.getByRole('list', { name: words('usage.charges') }).getByRole('listitem')
    await expect(charge.first()).toContainText('A purse')
    await expectFits(page, 'usage')
    await expectNoFaults(page, 'usage')
    await charge.first().getByText('1 attempt').click()
    await expect(charge.first()).toContainText('Kie.ai')
    await expect(available(page)).toHaveText(/^\$[67]\.\d\d$/)
    await expect(available(page)).not.toHaveText('$7.50')
    expect(await (await page.request.get('/api/usage.csv')).text()).toContain(id)
  },
)

/** The first figure of the page. */
function available(page: Page) {
  return page
    .getByRole('region', { name: words('usage.title'), exact: true })
    .locator('dd')
    .first()
}

/** Five dollars. */
async function grantByScreen(page: Page, { email }: Person) {
  const section = page.getByRole('region', { name: words('adminMoney.grant') })
  await section.getByLabel(words('adminMoney.owner')).fill(email)
  await section.getByLabel(words('adminMoney.amount')).fill('5')
  await section.getByRole('button', { name: words('adminMoney.grantAction') }).click()
  await expect(page.getByText(`${email} now has $5.00 available`).first()).toBeVisible()
}

/** One code, worth $2.50. */
async function makeCode(page: Page) {
  const section = page.getByRole('region', { name: words('adminMoney.codes') })
  await section.getByRole('button', { name: words('adminMoney.makeCodes') }).click()
  await section.getByLabel(words('adminMoney.count')).fill('1')
  await section.getByLabel(words('adminMoney.worth')).fill('2.50')
  await section.getByRole('button', { name: words('adminMoney.makeCodes') }).click()
  return section.getByRole('textbox', { name: words('adminMoney.codes') }).inputValue()
}
