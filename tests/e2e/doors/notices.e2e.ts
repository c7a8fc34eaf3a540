import type { Page } from '@playwright/test'
import { Webhook } from 'standardwebhooks'
import { AppServer, serverMs } from '../helpers/servers/app-server.ts'
import { expectNoFaults } from '../helpers/pages/axe.ts'
import { smallClip, startClip, waitForClip } from '../helpers/clips.ts'
import { expectFits } from '../helpers/pages/narrow.ts'
import { newPerson, peopleTest, setUpOwner, signUpByApi } from '../helpers/people.ts'
import { expect } from '../helpers/test.ts'
import { wordsIn } from '../helpers/pages/words.ts'
import { receiver } from '../../support/notices/receiver.ts'

const words = wordsIn('en')
const arrivalMs = 60_000

const test = peopleTest.extend<object, { noticesServer: AppServer }>({
  noticesServer: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the pattern.
    async ({}, use) => {
      const variables = { SIGN_UP: 'open', NOTICES_TO_LOOPBACK: 'on' }
      const server = await AppServer.start({ variables })
      await setUpOwner(server)
      await use(server)
      await server.dispose()
    },
    { scope: 'worker', timeout: serverMs },
  ],
  server: ({ noticesServer }, use) => use(noticesServer),
})
test.use({ contextOptions: { reducedMotion: 'reduce' } })

const bell = (page: Page, count: number) =>
  page.getByRole('button', { name: words('bell.open', { count }), exact: true })

test(
  'a program is told by a signed webhook, and a person by the bell',
  { tag: '@long' },
  async ({ page, server }) => {
    const program = await receiver((response, index) =>
      response.writeHead(index === 1 ? 500 : 204).end('words of the other side'),
    )
    try {
      await signUpByApi(page.request, server.url, newPerson('Nora'))
      await page.goto(`${server.url}/account/notices`)

      // An endpoint by the keyboard, and a test that tells how it went.
      await page.getByRole('button', { name: words('notices.screen.add') }).press('Enter')
      const address = page.getByLabel(words('notices.screen.address'))
      await expect(address).toBeFocused()
      await address.fill('https://10.0.0.1/hook')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('alert').filter({ hasText: 'private network' })).toBeVisible()
      await address.fill(program.url)
      await page.keyboard.press('Enter')
      await expect(
        page.getByRole('list', { name: words('notices.screen.endpoints') }),
      ).toBeVisible()
      const sendTest = words('notices.screen.testEndpoint', { url: program.url })
      await page.getByRole('button', { name: sendTest }).click()
      await expect.poll(() => program.received.length).toBe(1)
      await page.getByRole('button', { name: words('notices.screen.show') }).click()
      const secret = await page
        .getByRole('textbox', { name: words('notices.screen.secret') })
        .inputValue()

      // A video that ends while no page shows it: the first try is refused, the second verifies.
      const { id } = await startClip(page.request, { prompt: 'A fox at dawn', ...smallClip })
      await waitForClip(page.request, id, ({ status }) => status === 'completed')
      await expect.poll(() => program.received.length, { timeout: arrivalMs }).toBe(3)
      const events = program.received.map(
        ({ body, headers }) =>
          new Webhook(secret).verify(body, headers as Record<string, string>) as {
            type: string
            data: { fileId?: string; video?: { url: string; status: string } }
          },
      )
      expect(events.map(({ type }) => type)).toEqual(['test', 'video.completed', 'video.completed'])
      expect(events[2]!.data).toMatchObject({ fileId: id, video: { status: 'completed' } })
      const eventIds = program.received.map(({ headers }) => headers['webhook-id'])
      expect(eventIds[2]).toBe(eventIds[1])

      // The answers, and "Send again".
      await page.reload()
      const row = page
        .getByRole('list', { name: words('notices.screen.sent') })
        .getByRole('listitem')
      await expect(row).toContainText(words('notices.screen.state_sent'))
      await expect(page.locator('body')).not.toContainText('words of the other side')
      await row.getByRole('button').click()
      await expect.poll(() => program.received.length, { timeout: arrivalMs }).toBe(4)

      // The bell counted it, lists it, and leads to the video.
      await expectNoFaults(page, 'notices')
      await expectFits(page, 'notices')
      await bell(page, 1).click()
      const panel = page.getByRole('dialog')
      await expect(panel.getByRole('link', { name: 'A fox at dawn' })).toBeVisible()
      // The page below it is covered on a phone.
      await expectNoFaults(page, 'the bell', '[role=dialog]')
      await expect(bell(page, 0)).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(panel).toHaveCount(0)
      await expect(bell(page, 0)).toBeFocused()
      await expect.poll(() => page.evaluate(() => (history.state?.layer as number) ?? 0)).toBe(0)
      // The panel leaves no entry behind: one Back is the page from which the link led.
      for (let times = 0; times < 2; times += 1) {
        await bell(page, 0).press('Enter')
        await panel.getByRole('link', { name: 'A fox at dawn' }).click()
        await expect(page).toHaveURL(new RegExp(`/tools/video-generator\\?video=${id}`))
        await expect(panel).toHaveCount(0)
        if (times > 0) break
        await page.goBack()
        await expect(page).toHaveURL(/account\/notices$/)
        await expect.poll(() => page.evaluate(() => (history.state?.layer as number) ?? 0)).toBe(0)
      }
      await expect(page.locator(`#stage [data-video="${id}"]`)).toBeVisible()

      // One that ends while its page can be seen is no news; behind another page it is.
      const shown = await startClip(page.request, { prompt: 'Seen at once', ...smallClip })
      const frame = page.locator(`[data-video="${shown.id}"]`).first()
      await expect(frame).toBeVisible({ timeout: arrivalMs })
      await waitForClip(page.request, shown.id, ({ status }) => status === 'completed')
      const isSeen = async () => {
        const answer = await page.request.get(`${server.url}/api/notices`)
        const { notices } = (await answer.json()) as {
          notices: { fileId: string; isSeen: boolean }[]
        }
        return notices.find(({ fileId }) => fileId === shown.id)?.isSeen
      }
      await expect.poll(isSeen, { timeout: arrivalMs }).toBe(true)
      await page.goto(`${server.url}/account/notices`)
      await startClip(page.request, { prompt: 'Elsewhere', ...smallClip })
      await expect(bell(page, 1)).toBeVisible({ timeout: arrivalMs })
    } finally {
      program.close()
    }
  },
)
