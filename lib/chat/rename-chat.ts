import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { ChatSummary } from '#lib/contract/chat-view'
import { chat } from '../db/chat-schema.ts'
import { database } from '../db/client.ts'
import { AppError } from '../errors.ts'
import { chatNotFound } from './chat-not-found.ts'
import { chatSummary } from './chat-summary.ts'
import { storable } from './storable.ts'

const sentence = 'Give a title of 1 to 200 characters.'
const renameSchema = z.object({
  title: z.string().transform(storable).pipe(z.string().trim().min(1).max(200)),
})

/** Gives a chat another title. Its place in the list stays: nothing was said in it. */
export async function renameChat(
  userId: string,
  chatId: string,
  body: unknown,
): Promise<ChatSummary> {
  const parsed = renameSchema.safeParse(body)
  if (!parsed.success)
    throw new AppError('invalid_input', {
      userMessage: sentence,
      fields: [{ field: 'title', message: sentence }],
    })
  const { title } = parsed.data
  const [row] = await database()
    .update(chat)
    .set({ title, searchTitle: title.toLowerCase() })
    .where(and(eq(chat.id, chatId), eq(chat.userId, userId)))
    .returning()
  if (!row) throw chatNotFound()
  return chatSummary(row)
}
