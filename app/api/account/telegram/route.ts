import { chatsOf, linkChat, unlinkChatOf } from '#lib/doors/telegram/account-chats'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

const noStore = { 'cache-control': 'private, no-store' }

/** The chats in Telegram that use the account. */
export const GET = withSession(async (_request, session) =>
  Response.json(await chatsOf(session), { headers: noStore }),
)

/** A link that links a chat, once. */
export const POST = withSession(async (_request, session) =>
  Response.json(await linkChat(session), { headers: noStore }),
)

/** Ends the link of one chat. */
export const DELETE = withSession(async (request, session) => {
  await unlinkChatOf(session, await readJson(request))
  return new Response(null, { status: 204 })
})
