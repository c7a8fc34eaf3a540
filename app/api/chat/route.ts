import { createUIMessageStreamResponse } from 'ai'
import { listChats } from '#lib/chat/chats'
import { sendMessage } from '#lib/chat/conversation'
import { assertNothingCosts } from '#lib/chat/core'
import { readJson } from '#lib/http/read-body'
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
  const stream = await sendMessage(session, await readJson(request))
  return createUIMessageStreamResponse({
    stream,
    headers: { 'cache-control': 'no-cache, no-transform' },
    keepAliveMs: 15_000,
  })
})
