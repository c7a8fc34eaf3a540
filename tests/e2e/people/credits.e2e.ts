import type { Page } from '@playwright/test'
import { type StripeEmulator, startStripeEmulator } from '../../emulators/stripe/stripe-emulator.ts'
import { type StripeEvent, deliver } from '../../emulators/stripe/stripe-webhooks.ts'
import { type AppServer, serverMs } from '../helpers/servers/app-server.ts'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { CanvasPage, idOf } from '../helpers/pages/canvas-page.ts'
import { booksOf } from '../helpers/servers/books.ts'
import { isCompleted, listClips, waitForClip } from '../helpers/clips.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { grantCredits, newPerson, setUpOwner, signUpByApi } from '../helpers/people.ts'
import { freePort } from '../../support/free-port.ts'
import { providerTest, startProviderServer } from '../helpers/provider-test.ts'
import { expect } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'

const words = wordsIn('en')

interface Paying {
  stripe: StripeEmulator
  payingServer: AppServer
}

/** The product where starts need a balance, with Stripe and every provider emulated. */
const test = providerTest.extend<object, Paying>({
  stripe: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => {
      const secrets = { secretKey: 'sk_test_emulated', webhookSecret: 'whsec_emulated' }
      const stripe = await startStripeEmulator(secrets)
      await use(stripe)
      await stripe.close()
    },
    { scope: 'worker' },
  ],
  payingServer: [
    async ({ emulated, stripe }, use) => {
      const { secretKey, webhookSecret } = stripe.settings
      const port = String(await freePort())
      const server = await startProviderServer(emulated, {
        BILLING: 'credits',
        SIGN_UP: 'open',
        // By the name that the browser asks for: the payer comes back to it.
        PORT: port,
        PUBLIC_URL: `http://localhost:${port}`,
        STRIPE_SECRET_KEY: secretKey,
        STRIPE_WEBHOOK_SECRET: webhookSecret,
        STRIPE_API_URL: stripe.url,
      })
      stripe.settings.webhookUrl = `${server.url}/api/webhooks/stripe`
      await setUpOwner(server)
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],
  server: ({ payingServer }, use) => use(payingServer),
})
test.use({ contextOptions: { reducedMotion: 'reduce' } })

/** The first figure of the page. */
function available(page: Page) {
  return page
    .getByRole('region', { name: words('usage.title'), exact: true })
    .locator('dd')
    .first()
}

const charges = (page: Page) =>
  page.getByRole('list', { name: words('usage.charges') }).getByRole('listitem')

/** Goes to the payment page for so many dollars. */
async function goAndPay(page: Page, usd: string) {
  await page.getByLabel(words('usage.amount')).fill(usd)
  await page.getByRole('button', { name: words('usage.pay') }).click()
  await expect(page.getByRole('heading', { name: `Pay ${usd}.00 USD` })).toBeVisible()
}

test('credits are bought, run out in the middle of a batch, are spent to the cent and paid back', async ({
  studio,
  page,
  server,
  stripe,
  emulated,
}) => {
  await signUpByApi(page.request, server.url, newPerson('Pia'))
  await page.goto('/account/usage')
  await goAndPay(page, '5')
  await page.getByRole('button', { name: 'Go back without paying' }).click()
  await expect(available(page)).toHaveText('$0.00')

  // Each event comes twice, at once.
  stripe.delivery = { times: 2 }
  await goAndPay(page, '5')
  await page.getByRole('button', { name: 'Pay', exact: true }).click()
  await expect(page).toHaveURL(/\/account\/usage\?topUp=cs_/)
  await expect(page.getByText(words('usage.payment_paid', { price: '$5.00' }))).toBeVisible()
  await expect(available(page)).toHaveText('$5.00')
  await expectNoFaults(page, 'paid')

  // By a bank that takes its time: what it says comes late, twice and the last first.
  const kept: StripeEvent[] = []
  stripe.delivery = { kept }
  await goAndPay(page, '6')
  await page.getByRole('button', { name: 'Pay by bank' }).click()
  await expect(page.getByText(words('usage.payment_open', { price: '$6.00' }))).toBeVisible()
  await expect(available(page)).toHaveText('$5.00')
  const [first, second] = stripe.checkouts.slice(-2)
  await stripe.decide(second!.id, true)
  for (const event of [...kept.toReversed(), ...kept]) await deliver(event, stripe.settings)
  await page.getByRole('button', { name: words('usage.checkPayment') }).click()
  await expect(page.getByText(words('usage.payment_paid', { price: '$6.00' }))).toBeVisible()
  await expect(available(page)).toHaveText('$11.00')

  stripe.delivery = {}
  await stripe.refund(first!.id, 500)
  await stripe.refund(second!.id, 450)
  await page.goto('/account/usage')
  await expect(available(page)).toHaveText('$1.50')
  const credits = page.getByRole('region', { name: words('usage.credits') }).getByRole('listitem')
  await expect(credits).toHaveText([/Refund.*−\$4\.50/, /Refund.*−\$5\.00/, /\$6\.00/, /\$5\.00/])
  await expectFits(page, 'usage with payments')

  // Four on money for three: none is made.
  const prompt = 'A purse with a hole'
  await studio.open()
  await studio.chooseModel('Kling 3.0 Turbo')
  await studio.choose(words('composer.variations'), '4')
  await studio.prompt.fill(prompt)
  await studio.generateButton.click()
  const refusal = page.getByRole('alert').filter({ hasText: words('composer.notStarted') })
  await expect(refusal).toContainText('This needs $1.80. Your balance is $1.50: $0.30 is missing.')
  await expect(studio.history.getByRole('article')).toHaveCount(0)
  expect(booksOf(emulated, prompt)).toEqual({})
  await refusal.getByRole('link', { name: words('composer.addCredits') }).click()
  await expect(available(page)).toHaveText('$1.50')

  await studio.open()
  await studio.choose(words('composer.variations'), '3')
  const answer = page.waitForResponse('**/api/generate/video')
  await studio.generateButton.click()
  const { files } = (await (await answer).json()) as { files: { id: string }[] }
  for (const { id } of files) await waitForClip(page.request, id, isCompleted)
  const billed = emulated.emulators.kie.jobsOf(prompt).map(({ billedUsd }) => billedUsd)
  expect(billed).toEqual([0.45, 0.45, 0.45])

  await page.goto('/account/usage')
  await expect(available(page)).toHaveText('$0.15')
  await expect(charges(page)).toHaveCount(3)
  for (const charge of await charges(page).all())
    await expect(charge).toContainText(/Kling 3\.0 Turbo.*Charged\$0\.45.*Returned\$0\.00/)
  await charges(page).first().getByRole('link', { name: prompt }).click()
  await expect(page).toHaveURL(/\/tools\/video-generator\?video=file_/)
  await expect(studio.stage).toContainText('Charged $0.45, as quoted')
})

test(
  'a video of unknown cost is settled by hand: charged, or given back',
  { tag: '@long' },
  async ({ studio, page, browser, server }) => {
    const person = newPerson('Uma')
    await signUpByApi(page.request, server.url, person)
    const { context } = await grantCredits(browser, server, person, 1)
    const orders = '#kie:reset-after #kie:webhook-none #kie:never'
    const [charged, returned] = [`A toll bridge ${orders}`, `A detour ${orders}`]
    await studio.open()
    await studio.chooseModel('Kling 3.0 Turbo')
    for (const prompt of [charged, returned]) {
      const { id } = await studio.start(prompt)
      await waitForClip(page.request, id, ({ state }) => state === 'submit_unknown')
      const canceled = await page.request.post(`/api/file/${id}/cancel`)
      expect(canceled.ok(), await canceled.text()).toBe(true)
      await waitForClip(page.request, id, ({ status }) => status === 'canceled')
    }
    await page.goto('/account/usage')
    await expect(available(page)).toHaveText('$0.10')
    const charge = (prompt: string) => charges(page).filter({ hasText: prompt })
    for (const prompt of [charged, returned])
      await expect(
        charge(prompt).getByText(words('usage.state_uncertain'), { exact: true }),
      ).toBeVisible()

    const admin = await context.newPage()
    await admin.goto('/admin/money')
    const list = admin.getByRole('list', { name: words('adminMoney.uncertain') })
    const settle = async (prompt: string, charge: string, own: string) => {
      const row = list.getByRole('listitem').filter({ hasText: prompt })
      await row.getByRole('button', { name: words('adminMoney.settle') }).click()
      await row.getByLabel(words('adminMoney.charge')).fill(charge)
      await row.getByLabel(words('adminMoney.own')).fill(own)
      await row.getByRole('button', { name: words('adminMoney.settle') }).click()
      return row
    }
    // More than was agreed is refused, with what was.
    const row = await settle(charged, '0.60', '0')
    await expect(row.getByRole('alert')).toContainText('At most $0.45')
    await expectFits(admin, 'settling by hand')
    await expectNoFaults(admin, 'settling by hand')
    await row.getByLabel(words('adminMoney.charge')).fill('0.45')
    await row.getByRole('button', { name: words('adminMoney.settle') }).click()
    await expect(row).toHaveCount(0)
    await expect(await settle(returned, '0', '0.45')).toHaveCount(0)
    await expect(admin.getByText(words('adminMoney.noUncertain'))).toBeVisible()
    await context.close()

    await page.reload()
    await expect(available(page)).toHaveText('$0.55')
    await expect(charge(charged)).toContainText(/Charged\$0\.45.*Returned\$0\.00/)
    await expect(charge(returned)).toContainText(
      /Charged\$0\.00.*Returned\$0\.45.*Paid by the studio\$0\.45/,
    )
    const undecided = page.getByText(words('usage.state_uncertain'), { exact: true })
    await expect(undecided).toHaveCount(0)
  },
)

test(
  'a run of a canvas is refused as a whole for its balance; a node that failed is retried',
  { tag: '@long' },
  async ({ page, browser, server, emulated }) => {
    const person = newPerson('Cora')
    await signUpByApi(page.request, server.url, person)
    const { context, give } = await grantCredits(browser, server, person, 1)
    const slowly = '#kie:held'
    const prompts = {
      failing: 'A masked ball #kie:fail',
      slow: `A slow tide ${slowly}`,
      long: `A long night ${slowly}`,
    }
    const canvas = new CanvasPage(page)
    const id = await canvas.make(
      Object.entries(prompts).map(([name, prompt], index) => ({
        change: 'add',
        node: {
          kind: 'video',
          id: idOf('node', name),
          x: index * 420,
          y: 0,
          width: 360,
          height: 400,
          groupId: null,
          settings: { prompt, model: 'kling-3' },
          versions: [],
          pinned: null,
        },
      })),
    )
    const node = (name: keyof typeof prompts) => canvas.byId(idOf('node', name))

    // Three, with credits for two: none is started, and the way to more is there.
    const plan = await canvas.plan()
    const run = plan.getByRole('button', { name: words('canvasRun.runFor', { price: '$1.35' }) })
    await run.click()
    const missing = 'This needs $1.35. Your balance is $1.00: $0.35 is missing.'
    await expect(plan.getByRole('alert')).toContainText(missing)
    await expectNoFaults(page, 'a run without the balance for it', '[role=dialog]')
    expect(await listClips(page.request)).toEqual([])
    for (const prompt of Object.values(prompts)) expect(booksOf(emulated, prompt)).toEqual({})
    await plan.getByRole('link', { name: words('composer.addCredits') }).click()
    await expect(available(page)).toHaveText('$1.00')

    await give(1)
    await canvas.open(id)
    await canvas.plan()
    await run.click()
    await expect(plan).toBeHidden()
    await node('failing').getByRole('button', { name: 'Retry · $0.45' }).click()
    await expect(node('failing').getByText('version 2 of 2')).toBeVisible()
    await expect.poll(() => emulated.emulators.kie.jobsOf(prompts.failing).length).toBe(2)
    await context.close()
  },
)
