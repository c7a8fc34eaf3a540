import type { Page, Route } from '@playwright/test'
import { chatTest as test } from '../helpers/chat-test.ts'
import { expect } from '../helpers/test.ts'

const question = 'who are you?'

test('a reload before the first message got there gives it back, and it is sent once', async ({
  chat,
  page,
}) => {
  await chat.open()
  const restore = await holdMessages(page, () => {})
  await chat.message.fill(question)
  await chat.sendButton.click()
  await expect(chat.questions).toHaveText([question])
  await expect(chat.message).toHaveValue('')

  await page.reload()
  await expect(chat.message).toHaveValue(question)
  await restore()
  await chat.sendButton.click()
  await expect(chat.answers).toHaveCount(1)
  await chat.expectQuiet()
  expect((await chat.read()).messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
  await page.reload()
  await expect(chat.questions).toHaveText([question])
  await expect(chat.message).toHaveValue('')
})

test(
  'a reload before a later message got there gives it back after what was said',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say('good morning')
    await holdMessages(page, () => {})
    await chat.message.fill(question)
    await chat.sendButton.click()
    await expect(chat.questions).toHaveText(['good morning', question])
    await page.reload()
    await expect(chat.questions).toHaveText(['good morning'])
    await expect(chat.message).toHaveValue(question)
  },
)

test(
  'a reload after the message got there leaves nothing in the box',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    // It reaches the server; the answer does not reach the page.
    const restore = await holdMessages(page, (route) => void route.fetch().catch(() => {}))
    await chat.message.fill(question)
    await chat.sendButton.click()
    await expect
      .poll(async () => (await page.request.get(`/api/chat/${chat.chatId}`)).ok())
      .toBe(true)
    await restore()
    await page.reload()
    await expect(chat.questions).toHaveText([question])
    await expect(chat.answers).toHaveCount(1)
    await expect(chat.message).toHaveValue('')
  },
)

/** Keeps messages from being answered until restored. */
async function holdMessages(page: Page, meanwhile: (route: Route) => void) {
  const hold = (route: Route) =>
    route.request().method() === 'POST' ? meanwhile(route) : route.continue()
  await page.route('**/api/chat', hold)
  return () => page.unroute('**/api/chat', hold)
}
