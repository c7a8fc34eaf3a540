import { deleteChat, readChat, renameChat } from '#lib/chat/chats'
import { readJson } from '#lib/http/read-body'
import { withSession } from '#lib/http/with-session'

interface Context {
  params: Promise<{ chatId: string }>
}

const headers = { 'cache-control': 'private, no-store' }

/** A chat with its messages and the places of its videos. */
export const GET = withSession(async (_request, { ownerId }, { params }: Context) => {
  return Response.json(await readChat(ownerId, (await params).chatId), { headers })
})

/** Gives a chat another title. */
export const PATCH = withSession(async (request, { ownerId }, { params }: Context) => {
  const { chatId } = await params
  return Response.json(await renameChat(ownerId, chatId, await readJson(request)), { headers })
})

/** Deletes a chat; its videos stay. */
export const DELETE = withSession(async (_request, { ownerId }, { params }: Context) => {
  await deleteChat(ownerId, (await params).chatId)
  return new Response(null, { status: 204 })
})
