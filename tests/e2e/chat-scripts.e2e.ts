import { type Locator, type Page, devices } from '@playwright/test'
import { callFor, modelTest as test } from './helpers/chat-test.ts'
import { makeClip, startClip } from './helpers/clips.ts'
import { expectNoOverflow, fontSizes } from './helpers/narrow.ts'
import { expect } from './helpers/test.ts'

const unbroken = 'x'.repeat(500)
const arabic = 'قطة تمشي على الشاطئ at sunset'

/** The keys of an input method, as Chromium and as Safari tell of the one that ends a composition. */
const composed = [
  { isComposing: true, keyCode: 229 },
  { isComposing: false, keyCode: 229 },
]

async function compose(target: Locator, key: string, more: KeyboardEventInit = {}) {
  for (const composing of composed)
    await target.dispatchEvent('keydown', { key, bubbles: true, ...more, ...composing })
}

test.beforeEach(({ model }) => {
  model.script = []
})

test('F10, F11: an input method keeps its keys in the chat', async ({ chat, page, model }) => {
  await chat.open()
  await chat.message.fill('にほん')
  await compose(chat.message, 'Enter')
  await expect(chat.message).toHaveValue('にほん')
  await expect(chat.questions).toHaveCount(0)

  model.script = [{ text: 'word '.repeat(200), pieceDelayMs: 50 }, { text: 'Fine.' }]
  await chat.send('こんにちは')
  await compose(chat.message, 'Escape')
  await expect(chat.stopButton).toBeVisible()
  await page.keyboard.press('Escape')
  await chat.expectQuiet()
  await expect(chat.answers.last()).toContainText('stopped before its end')

  await page.getByRole('button', { name: 'Edit message' }).click()
  const edited = page.getByRole('textbox', { name: 'Edited message' })
  await edited.fill('さようなら')
  await compose(edited, 'Escape')
  await compose(edited, 'Enter')
  await expect(edited).toHaveValue('さようなら')
  await edited.press('Enter')
  await expect(chat.answers.last()).toContainText('Fine.')

  await chat.list.getByRole('link').first().hover()
  await chat.list.getByRole('button', { name: /^Rename/ }).click()
  const title = chat.list.getByRole('textbox', { name: 'Title' })
  await title.fill('挨拶')
  await compose(title, 'Enter')
  await compose(title, 'Escape')
  await expect(title).toHaveValue('挨拶')
  await title.press('Enter')
  await expect(chat.list.getByRole('link')).toHaveText(['挨拶'])
})

test('F10, F11: an input method keeps its keys in the generator', async ({ studio, page }) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))
  await studio.open()
  await studio.prompt.fill('にほん')
  await compose(studio.prompt, 'Enter', { ctrlKey: true })
  await compose(studio.prompt, 'Enter', { metaKey: true })
  await studio.openModels()
  const current = page.locator('[role=option]:focus')
  await expect(current).toBeVisible()
  const name = await current.textContent()
  for (const key of ['ArrowDown', 'End', 'Enter', 'Escape']) await compose(current, key)
  await expect(current).toHaveText(name!)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('listbox')).toHaveCount(0)
  expect(asked.filter((one) => one.startsWith('POST') && one.includes('generate'))).toEqual([])
})

test('F12: a prompt of 2,500 ideographs goes from the chat into the form', async ({
  chat,
  page,
  studio,
  model,
}) => {
  const prompt = '猫'.repeat(2_500)
  model.script = [{ calls: [callFor(prompt)] }, { text: 'Done.' }]
  await chat.open()
  await chat.say('a cat')
  await expect(chat.video(1)).toBeVisible()
  await chat.card(1).getByRole('link', { name: 'Use in the form' }).click()
  await expect(studio.prompt).toHaveValue(prompt)
  expect(page.url().length).toBeLessThan(500)
  await page.reload()
  await expect(studio.prompt).toHaveValue(prompt)
})

test('F24, F25: thoughts are folded away, and what is cut off goes on', async ({
  chat,
  page,
  model,
}) => {
  model.script = [
    { pieces: ['<think>hm, a fox</th', 'ink>\n\nHalf of'], finish: 'length' },
    { text: 'the rest.' },
    { text: '', finish: 'content_filter' },
    { pieces: ['<thinking>hm</thinking>'] },
  ]
  await chat.open()
  await chat.say('tell me')
  const [answer] = [chat.answers.first()]
  await expect(answer.getByText('hm, a fox')).toBeHidden()
  await expect(answer).toContainText('Cut off')
  await page.reload()
  await expect(answer).toContainText('Half of')
  await expect(answer).toContainText('Cut off')
  await answer.getByText('Reasoning').click()
  await expect(answer.getByText('hm, a fox')).toBeVisible()

  await answer.getByRole('button', { name: 'Go on' }).click()
  await expect(chat.answers.last()).toContainText('the rest.')
  await chat.say('and?')
  await expect(chat.answers.last()).toContainText('Refused by the content filter')
  await chat.answers.last().getByRole('button', { name: 'Answer again' }).click()
  await expect(chat.answers.last()).toContainText('empty answer')
})

test.describe('on a phone of 320 pixels', () => {
  // With everything that moves: a toast is measured while it comes and goes.
  test.use({
    viewport: { width: 320, height: 640 },
    contextOptions: { reducedMotion: 'no-preference' },
  })

  test('F19, F27: the generator is no wider than the page', async ({ studio, page }) => {
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
    await expectNoOverflow(page)
    await expect(page.getByRole('alertdialog').locator('bdi')).toHaveText(unbroken)
    await page.keyboard.press('Escape')
    await studio.card(unbroken).getByRole('button', { name: /^Open/ }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await expectNoOverflow(page)
  })

  test('F19: nor do long words of errors, models and toasts widen it', async ({ studio, page }) => {
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
    await page.route('**/api/file/file_*', (route) =>
      route.request().method() === 'DELETE' ? route.fulfill(refusal(problem)) : route.continue(),
    )
    await studio.prompt.fill('A fox')
    await studio.generateButton.click()
    await expect(page.getByRole('alert').first()).toBeVisible()
    await expectNoOverflow(page)
    await studio
      .card('Cannot be deleted')
      .getByRole('button', { name: 'Delete', exact: true })
      .click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.locator('[data-sonner-toast]').first()).toBeVisible()
    await expectNoOverflow(page)
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByRole('button', { name: /^Settings:/ }).click()
    await page.getByRole('combobox', { name: 'Model' }).click()
    await expect(page.getByRole('listbox', { name: 'Models' })).toBeVisible()
    await expectNoOverflow(page)
  })

  test('F19, F27: the chat is no wider than the page', async ({ chat, page, model }) => {
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
  })

  test('F19: status and settings are no wider than the page', async ({ page, server }) => {
    // One look at a page makes a session.
    await page.goto(`${server.url}/status`)
    await page.route(/\/api\/providers$|\/health$/, async (route) => {
      const response = await route.fetch()
      const text = await response.text()
      const body = text
        .replace(/("(?:label|reason)":")/g, `$1${unbroken}`)
        .replace(/"state":"ok"[^}]*/g, `"state":"degraded","message":"${unbroken}"`)
        .replace(/"callbacks":"polling[^"]*"/g, `"callbacks":"${unbroken}"`)
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
  })
})

test.describe('on a phone', () => {
  const { defaultBrowserType: _engine, ...phone } = devices['iPhone 13']
  test.use(phone)

  test('F28: no field has type below 16 pixels', async ({ studio, chat, page, model }) => {
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
  })
})

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
