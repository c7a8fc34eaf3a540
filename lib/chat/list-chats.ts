import type { ChatPage } from '#lib/contract/chat-view'
import { chatSummary } from './chat-summary.ts'
import { productionDeps } from './deps.ts'
import { listChats as listRows } from './store/list-chats.ts'

const pageSize = 30
const searchMaxLength = 200

/** A page of the user's chats, last used first; those that hold the words where some are given. */
export async function listChats(
  userId: string,
  { search = '', cursor }: { search?: string | undefined; cursor?: string | undefined },
): Promise<ChatPage> {
  const { rows, nextCursor } = await listRows({
    userId,
    search: search.slice(0, searchMaxLength),
    cursor,
    limit: pageSize,
  })
  return { chats: rows.map(chatSummary), nextCursor, answeredBy: productionDeps().model.label }
}
