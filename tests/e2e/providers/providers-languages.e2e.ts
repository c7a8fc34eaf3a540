import type { Page } from '@playwright/test'
import type { ProviderView } from '#lib/contract/provider-view'
import { type AppServer, serverMs } from '../helpers/servers/app-server.ts'
import { isCompleted, waitForClip } from '../helpers/clips.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { providerTest, startProviderServer } from '../helpers/provider-test.ts'
import type { Studio } from '../helpers/pages/studio.ts'
import { expect } from '../helpers/test.ts'
import { expectOnlyRussian, type Words, wordsIn } from '../helpers/pages/words.ts'

/** The product with every provider, and every sentence a third longer. */
const test = providerTest.extend<object, { stretchedServer: AppServer }>({
  stretchedServer: [
    async ({ emulated }, use) => {
      const server = await startProviderServer(emulated, { PHOTOFINISH_STRETCH: 'on' })
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],
  server: ({ language, stretchedServer, providerServer }, use) =>
    use(language === 'stretched' ? stretchedServer : providerServer),
})

for (const language of ['ru', 'stretched'] as const)
  test.describe(language === 'ru' ? 'in Russian' : 'a third longer', { tag: '@long' }, () => {
    test.use({ language, locale: language === 'ru' ? 'ru-RU' : 'en-GB' })
    const words = wordsIn(language)
    // Programs are told in English, whatever the language of the screen.
    const told = wordsIn(language === 'ru' ? 'en' : language)
    const noLink = told('wait.link_not_ready', { provider: 'Kie.ai' })
    const nth = language === 'ru' ? 1 : 2
    const look = async (page: Page, what: string) => {
      if (language === 'ru') await expectOnlyRussian(page)
      await expectFits(page, what)
      await page.setViewportSize({ width: 1280, height: 900 })
    }

    test('a video that fails: why, its attempts, and what a retry costs', async ({
      studio,
      page,
    }) => {
      await studio.open()
      await studio.start('1 #kie:fail')
      const retry = studio.stage.getByRole('button', {
        name: words('card.action.retryFor', { price: { usd: 0.4 } }),
      })
      await expect(retry).toBeVisible()
      await look(page, 'failed, with the price of a retry')
      const more = studio.card('1 #kie:fail').getByRole('button', { name: words('failure.more') })
      await more.click()
      await expect(page.getByRole('menu')).toBeVisible()
      await look(page, 'what can be done about a failure')
    })

    test(
      'no credits: a fallback, a pause, and models that are off',
      { tag: '@long' },
      async ({ studio, page }) => {
        await studio.open()
        const prompt = '2 #kie:402 #vertex:seconds=0'
        const { id } = await studio.start(prompt)
        await waitForClip(page.request, id, isCompleted)
        await expect(studio.video(prompt)).toBeVisible()
        await look(page, 'made by a fallback')
        await openLarge(studio, prompt, words)
        await expect(page.getByRole('list', { name: words('failure.attempt.title') })).toBeVisible()
        await look(page, 'attempts')
        await page.keyboard.press('Escape')
        await studio.openModels()
        await look(page, 'models that are off')
        await page.keyboard.press('Escape')
        // Closing goes back in the history, and would take a visit to another page with it.
        await expect.poll(() => page.evaluate(() => history.state?.layer ?? 0)).toBe(0)
        await page.goto('/settings')
        await expect(page.locator('#provider-kie')).toBeVisible()
        await look(page, 'a provider that is paused')
        await page.goto('/status')
        await expect(page.getByText(/Kie\.ai/).first()).toBeVisible()
        await look(page, 'the record of a provider that is paused')
        // Kie has to be let in again for the test that comes next.
        const cooldownOfKie = async () => {
          const answer = await page.request.post('/api/providers/kie/check')
          return ((await answer.json()) as ProviderView).cooldown
        }
        await expect.poll(cooldownOfKie).toBeNull()
      },
    )

    test(
      'an outcome that is not known, and the question before it is repeated',
      { tag: '@long' },
      async ({ studio, page }) => {
        const { stage } = studio
        await studio.open()
        // The emulator counts its faults by the prompt: each language has its own.
        await studio.start(`3${nth} #kie:reset-after*1 #kie:webhook-none #kie:seconds=0`)
        const check = stage.getByRole('button', { name: words('card.action.askProvider') })
        await expect(check).toBeVisible()
        await look(page, 'an unknown outcome')
        await check.click()
        await expect(stage.getByText(words('card.outcome.checked'))).toBeVisible()
        await look(page, 'checked without a result')
        await stage.getByRole('button', { name: words('card.action.retry') }).click()
        await expect(page.getByRole('alertdialog')).toBeVisible()
        await look(page, 'a question before it may be charged twice')
        await page.keyboard.press('Escape')
      },
    )

    test(
      'running, waiting, and what canceling costs',
      { tag: '@long' },
      async ({ studio, page }) => {
        await studio.open()
        const prompt = `4${nth} #kie:link-html*3`
        const { id } = await studio.start(prompt)
        await studio.start(`5${nth} #kie:lost*3 #kie:webhook-none`)
        await studio.start('6 #kie:seconds=60')
        await waitForClip(page.request, id, ({ message }) => message === noLink)
        await look(page, 'waiting for a link, for a job, for the end')
        await studio.stage
          .getByRole('button', { name: words('card.action.cancel'), exact: true })
          .click()
        await expect(page.getByRole('alertdialog')).toBeVisible()
        await look(page, 'what canceling costs')
        await page.keyboard.press('Escape')
      },
    )

    test(
      'pictures: their slots, what is refused, and models that lack something',
      { tag: '@long' },
      async ({ studio, page }) => {
        await studio.open()
        await studio.chooseModel('Seedance 2')
        const slot = page.getByLabel(words('inputs.name_firstFrame'), { exact: true })
        await slot.setInputFiles({
          name: 'a.txt',
          mimeType: 'text/plain',
          buffer: Buffer.from('no'),
        })
        await expect(page.getByText(words('inputs.wrongType', { name: 'a.txt' }))).toBeVisible()
        const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 50, height: 50 } })
        await slot.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture })
        await look(page, 'pictures')
        await studio.chooseModel('Kling 3.0 Turbo')
        await look(page, 'a model that lacks something')
        await studio.chooseModel('Runway Aleph')
        await look(page, 'a model that starts from a video')
      },
    )

    test(
      'a page that is offline, out of date, empty, loading',
      { tag: '@long' },
      async ({ studio, page, context }) => {
        const held = Promise.withResolvers<void>()
        await page.route('**/api/{models,file}', (route) =>
          held.promise.then(() => route.fallback()),
        )
        await page.goto('/tools/video-generator')
        await expect(page.getByText(words('ui.loading')).first()).toBeVisible()
        await look(page, 'loading')
        held.resolve()
        await studio.open()
        await context.setOffline(true)
        await studio.prompt.fill('7')
        await studio.generateButton.click()
        await expect(page.getByText(words('composer.notStarted'))).toBeVisible()
        await look(page, 'offline')
        await context.setOffline(false)
        await page.route('**/api/models', async (route) => {
          const response = await route.fetch()
          await route.fulfill({
            response,
            headers: { ...response.headers(), 'x-build': 'newer' },
          })
        })
        await studio.open()
        await expect(page.getByText(words('page.newVersion'))).toBeVisible()
        await look(page, 'out of date')
      },
    )
  })

function openLarge(studio: Studio, prompt: string, words: Words) {
  const open = studio.card(prompt).getByRole('button', { name: words('card.open', { prompt }) })
  return open.click()
}
