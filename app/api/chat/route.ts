import { createUIMessageStreamResponse } from 'ai'
import { listChats } from '#lib/chat/chats'
import { sendMessage } from '#lib/chat/conversation'
import { assertNothingCosts } from '#lib/chat/core'
import { readSpendingBody } from '#lib/http/spending-body'
import { assertNotMoved, withAccount, withSession } from '#lib/http/with-session'

/** The user's chats, last used first, a page at a time. */
export const GET = withSession(async (request, session) => {
  const { searchParams } = new URL(request.url)
  const page = await listChats(session.ownerId, {
    search: searchParams.get('search') ?? undefined,
    cursor: searchParams.get('cursor') ?? undefined,
  })
  if (page.chats.length === 0) await assertNotMoved(session)
  return Response.json(page, { headers: { 'cache-control': 'private, no-store' } })
})

/** A message of the user; its answer is streamed, and goes on whether or not it is read. */
export const POST = withAccount(async (request, session) => {
  if (session.isNew) await assertNothingCosts(session)
  const key = request.headers.get('idempotency-key')
  const body = await readSpendingBody(request, session)
  const stream = await sendMessage(session, body, undefined, key)
  return createUIMessageStreamResponse({
    stream,
    headers: { 'cache-control': 'private, no-cache, no-transform' },
    keepAliveMs: 15_000,
  })
})
