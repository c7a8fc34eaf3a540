import type { APIRequestContext, APIResponse } from '@playwright/test'
import { ChatRoom } from '../helpers/pages/chat-room.ts'
import { chatTest as test } from '../helpers/chat-test.ts'
import { expect } from '../helpers/test.ts'

const neverSeen = 'chat_000000000000000000000000'

/** Everything that can be asked about a chat by its id. */
const questions: Record<string, (request: APIRequestContext, id: string) => Promise<APIResponse>> =
  {
    read: (request, id) => request.get(`/api/chat/${id}`),
    stream: (request, id) => request.get(`/api/chat/${id}/stream`),
    rename: (request, id) => request.patch(`/api/chat/${id}`, { data: { title: 'Taken over' } }),
    stop: (request, id) => request.post(`/api/chat/${id}/stop`),
    version: (request, id) => request.post(`/api/chat/${id}/videos`, { data: { fromFileId: 'x' } }),
    delete: (request, id) => request.delete(`/api/chat/${id}`),
  }

test(
  'chats are found by their words, renamed, and deleted after a question',
  { tag: '@long' },
  async ({ chat, page }) => {
    await chat.open()
    await chat.say('who are you?')
    await page.getByRole('button', { name: 'New chat' }).click()
    await chat.say('good morning')
    const links = chat.list.getByRole('link')
    await expect(links).toHaveText(['good morning', 'who are you?'])

    // By a word of the answer, not of the title.
    const search = chat.list.getByRole('searchbox', { name: 'Search chats' })
    await search.fill('rule-based program')
    await expect(links).toHaveText(['who are you?'])
    await search.fill('zeppelin')
    await expect(chat.list.getByText('No chats match.')).toBeVisible()
    await search.fill('')
    await expect(links).toHaveCount(2)

    await links.nth(1).hover()
    await chat.list.getByRole('button', { name: 'Rename who are you?' }).click()
    await chat.list.getByRole('textbox', { name: 'Title' }).fill('An introduction')
    await page.keyboard.press('Enter')
    await expect(links).toHaveText(['good morning', 'An introduction'])
    await page.reload()
    await expect(links).toHaveText(['good morning', 'An introduction'])

    await links.nth(0).hover()
    await chat.list.getByRole('button', { name: 'Delete good morning' }).click()
    const question = page.getByRole('alertdialog')
    await question.getByRole('button', { name: 'Keep' }).click()
    await expect(links).toHaveCount(2)
    const deleted = chat.chatId
    await links.nth(0).hover()
    await chat.list.getByRole('button', { name: 'Delete good morning' }).click()
    await question.getByRole('button', { name: 'Delete' }).click()
    await expect(links).toHaveText(['An introduction'])
    await expect(chat.log).toHaveCount(0)
    await expect
      .poll(async () => (await page.request.get(`/api/chat/${deleted}`)).status())
      .toBe(404)
    await page.goto(`/chat/${deleted}`)
    await expect(page.getByText('Chat not found')).toBeVisible()
  },
)

test(
  'another browser sees nothing of a chat and can do nothing to it',
  { tag: '@long' },
  async ({ chat, page, browser, server }) => {
    await chat.open()
    const secret = 'hello from a secret place'
    await chat.say(secret)
    const context = await browser.newContext({ baseURL: server.url })
    const stranger = new ChatRoom(await context.newPage())
    await stranger.open()
    await expect(stranger.list.getByText('Your chats will appear here.')).toBeVisible()

    for (const [name, ask] of Object.entries(questions)) {
      const unknown = await told(await ask(context.request, neverSeen))
      const taken = await told(await ask(context.request, chat.chatId))
      // Deleting what is not there, or is not yours, is one and the same.
      expect(taken, name).toEqual(unknown)
      expect(taken.status, name).toBe(404)
      expect(JSON.stringify(taken), name).not.toContain('secret')
    }
    expect((await context.request.get('/api/chat?search=secret')).ok()).toBe(true)
    expect(await (await context.request.get('/api/chat?search=secret')).text()).not.toContain(
      secret,
    )
    await stranger.page.goto(`/chat/${chat.chatId}`)
    await expect(stranger.page.getByText('Chat not found')).toBeVisible()
    await expect(stranger.page.getByText(secret)).toHaveCount(0)
    // A message under its id begins a chat of the stranger's own, as under an id that was never seen.
    expect(await say(context.request, chat.chatId)).toBe(await say(context.request, neverSeen))
    await stranger.page.goto(`/chat/${chat.chatId}`)
    await expect(stranger.questions).toHaveCount(1)
    await expect(stranger.page.getByText(secret)).toHaveCount(0)
    await context.close()

    const { title, messages } = await chat.read()
    expect(title).toBe(secret)
    expect(messages).toHaveLength(2)
    await page.reload()
    await expect(chat.questions).toHaveText([secret])
  },
)

async function say(request: APIRequestContext, chatId: string) {
  const message = { id: `msg-${chatId}`, role: 'user', parts: [{ type: 'text', text: 'hi' }] }
  const data = { chatId, message, trigger: 'submit-message' }
  return (await request.post('/api/chat', { data })).status()
}

/** An answer without what differs every time. */
async function told(response: APIResponse) {
  const text = await response.text()
  const { traceId: _traceId, ...problem } = JSON.parse(text || '{}') as { traceId?: string }
  return { status: response.status(), problem }
}
