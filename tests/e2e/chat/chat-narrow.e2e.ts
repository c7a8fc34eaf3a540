import { type Page, devices } from '@playwright/test'
import { callFor, modelTest as test } from '../helpers/chat-test.ts'
import { makeClip, startClip } from '../helpers/clips.ts'
import { expectNoOverflow, fontSizes } from '../helpers/pages/narrow.ts'
import { expect } from '../helpers/test.ts'

const unbroken = 'x'.repeat(500)
const arabic = 'قطة تمشي على الشاطئ at sunset'

test.beforeEach(({ model }) => {
  model.script = []
})

test.describe('on a phone of 320 pixels', () => {
  // With everything that moves: a toast is measured while it comes and goes.
  test.use({
    viewport: { width: 320, height: 640 },
    contextOptions: { reducedMotion: 'no-preference' },
  })

  test(
    'F19, F27: the generator is no wider than the page',
    { tag: '@long' },
    async ({ studio, page }) => {
      await makeClip(page.request, { prompt: unbroken })
      await makeClip(page.request, { prompt: arabic })
      await studio.open()
      await expect(studio.card(unbroken)).toBeVisible()
      await expectNoOverflow(page)
      const heading = studio.card(arabic).getByRole('heading')
      await expect(heading).toHaveAttribute('dir', 'auto')
      await expect(heading).toHaveCSS('direction', 'rtl')
      await studio.prompt.fill(arabic)
      await expect(studio.prompt).toHaveCSS('direction', 'rtl')

      await studio.prompt.fill(unbroken)
      await expectNoOverflow(page)
      await studio.card(unbroken).getByRole('button', { name: 'Delete', exact: true }).click()
      await expectToastFits(page)
      await page.getByRole('button', { name: 'Undo' }).click()
      await studio.card(unbroken).getByRole('button', { name: /^Open/ }).click()
      await expect(page.getByRole('dialog')).toBeVisible()
      await expectNoOverflow(page)
    },
  )

  test(
    'F19: nor do long words of errors, models and toasts widen it',
    { tag: '@long' },
    async ({ studio, page }) => {
      const { id } = await startClip(page.request, { prompt: 'To be kept' })
      await page.request.delete(`/api/file/${id}`)
      await makeClip(page.request, { prompt: 'Cannot be deleted' })
      await page.route('**/api/models', async (route) => {
        const response = await route.fetch()
        const text = await response.text()
        await route.fulfill({
          response,
          body: text.replace(/("(?:label|description)":")/g, `$1${unbroken}`),
        })
      })
      const refuse = { title: unbroken, detail: unbroken, status: 503, code: 'unavailable' }
      const problem = { ...refuse, retryable: true, traceId: unbroken }
      await studio.open()
      await page.route('**/api/generate/video', (route) => route.fulfill(refusal(problem)))
      await page.route('**/api/library', (route) => route.fulfill(refusal(problem)))
      await studio.prompt.fill('A fox')
      await studio.generateButton.click()
      await expect(page.getByRole('alert').first()).toBeVisible()
      await expectNoOverflow(page)
      await studio
        .card('Cannot be deleted')
        .getByRole('button', { name: 'Delete', exact: true })
        .click()
      await expectToastFits(page)
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await page.getByRole('button', { name: /^Settings:/ }).click()
      await page.getByRole('combobox', { name: 'Model' }).click()
      await expect(page.getByRole('listbox', { name: 'Models' })).toBeVisible()
      await expectNoOverflow(page)
    },
  )

  test(
    'F19, F27: the chat is no wider than the page',
    { tag: '@long' },
    async ({ chat, page, model }) => {
      const code = `\`\`\`\n${unbroken}\n\`\`\``
      const table = `| a | b |\n|-|-|\n| ${unbroken} | ${unbroken} |`
      const written = [
        unbroken,
        `**${unbroken}**`,
        `\`${unbroken}\``,
        `https://a.example/${unbroken}`,
      ]
      model.script = [
        { text: [...written, `- ${unbroken}`, code, table].join('\n\n') },
        { calls: [callFor(unbroken)] },
        { text: 'مرحبا **بك**' },
        { text: arabic },
      ]
      await chat.open()
      await chat.say(unbroken)
      await expect(chat.answers.locator('table')).toBeVisible()
      await expectNoOverflow(page)
      await chat.say('make it')
      await expect(chat.video(1)).toBeVisible()
      await expectNoOverflow(page)
      const bold = chat.answers.last().locator('p', { has: page.locator('strong') })
      await expect(bold).toHaveCSS('direction', 'rtl')
      await chat.say(arabic)
      await expect(chat.questions.last().locator('p')).toHaveCSS('direction', 'rtl')
      await expect(chat.answers.last().getByText('قطة')).toHaveCSS('direction', 'rtl')

      await page.getByRole('button', { name: 'Edit message' }).first().click()
      await expectNoOverflow(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Chats', exact: true }).click()
      const drawer = page.getByRole('dialog', { name: 'Chats' })
      await expect(drawer).toBeVisible()
      await expectNoOverflow(page)
      await drawer
        .getByRole('button', { name: /^Delete/ })
        .first()
        .click()
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await expectNoOverflow(page)
      await page.keyboard.press('Escape')
    },
  )

  test(
    'F19: status and settings are no wider than the page',
    { tag: '@long' },
    async ({ page, server }) => {
      // One look at a page makes a session.
      await page.goto(`${server.url}/status`)
      await page.route(/\/api\/providers$|\/health$/, async (route) => {
        const response = await route.fetch()
        const text = await response.text()
        const body = text
          .replace(/("(?:label|reason)":")/g, `$1${unbroken}`)
          .replace(/"state":"ok"[^}]*/g, `"state":"degraded","message":"${unbroken}"`)
          .replace(/"webhooks":"[Pp]olling[^"]*"/g, `"webhooks":"${unbroken}"`)
          .replaceAll('"attempts":0', '"attempts":3')
          .replaceAll(
            '"lastError":null',
            `"lastError":{"at":null,"message":"${unbroken}","code":"${unbroken}"}`,
          )
        await route.fulfill({ response, body })
      })
      for (const path of ['/status', '/settings']) {
        await page.goto(server.url + path)
        await expect(page.getByText(unbroken).filter({ visible: true }).first()).toBeVisible()
        await expectNoOverflow(page)
      }
    },
  )
})

test.describe('at a zoom of 400 %, without motion, in forced colors', () => {
  test.use({
    viewport: { width: 320, height: 256 },
    contextOptions: { reducedMotion: 'reduce', forcedColors: 'active' },
  })

  test('F19: a toast is no wider than the page', { tag: '@long' }, async ({ page, server }) => {
    await page.goto(`${server.url}/status`)
    await expect(page.getByRole('main')).toBeVisible()
    await expect(async () => {
      await page.evaluate(() => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['bytes'], 'notes.pdf', { type: 'application/pdf' }))
        const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer })
        document.body.dispatchEvent(event)
      })
      await expect(page.getByText('You can’t drop files here')).toBeVisible({ timeout: 2_000 })
    }).toPass()
    await expectToastFits(page)
  })
})

test.describe('on a phone', () => {
  const { defaultBrowserType: _engine, ...phone } = devices['iPhone 13']
  test.use(phone)

  test(
    'F28: no field has type below 16 pixels',
    { tag: '@long' },
    async ({ studio, chat, page, model }) => {
      model.script = [{ calls: [callFor('a fox')] }, { text: 'Done.' }]
      await studio.open()
      await unfold(page)
      await expectLargeFields(page, 2)
      await chat.open()
      await chat.say('a fox')
      await expect(chat.video(1)).toBeVisible()
      await page.getByRole('button', { name: 'Edit message' }).first().click()
      await expectLargeFields(page, 2)
      await page.keyboard.press('Escape')
      await chat.card(1).getByRole('button', { name: 'Open' }).click()
      await expect(page.getByRole('dialog').getByRole('textbox')).toBeVisible()
      await expectLargeFields(page, 2)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Chats', exact: true }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Rename/ })
        .first()
        .click()
      await expectLargeFields(page, 3)
      const viewport = page.locator('meta[name=viewport]')
      await expect(viewport).not.toHaveAttribute('content', /user-scalable|maximum-scale/)
    },
  )
})

/** Looked at while it is there: it leaves by itself, and then nothing is too wide. */
async function expectToastFits(page: Page) {
  const toast = page.locator('[data-sonner-toast]').first()
  await expect(toast).toHaveAttribute('data-mounted', 'true')
  for (const part of [toast, page.locator('[data-sonner-toaster]')]) {
    const { x, width } = (await part.boundingBox()) ?? { x: 0, width: 0 }
    expect(x).toBeGreaterThanOrEqual(0)
    expect(x + width).toBeLessThanOrEqual(320)
  }
  const { width } = (await toast.boundingBox())!
  expect(width).toBeGreaterThan(280)
}

async function unfold(page: Page) {
  await page.getByRole('button', { name: /^Settings:/ }).click()
  await page.getByText('More', { exact: true }).click()
}

async function expectLargeFields(page: Page, atLeast: number) {
  const sizes = await fontSizes(page)
  expect(sizes.length).toBeGreaterThanOrEqual(atLeast)
  expect(sizes.filter(({ px }) => px < 16)).toEqual([])
}

function refusal(problem: { status: number }) {
  return {
    status: problem.status,
    contentType: 'application/problem+json',
    body: JSON.stringify(problem),
  }
}
