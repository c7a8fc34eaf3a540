import { z } from 'zod'
import { chatIdPattern, messageIdPattern } from '../chat.ts'
import { means, momentSchema, sentenceSchema } from './sentence.ts'

// The parts of a message are the AI SDK's: text, file, reasoning, and one kind for each tool.
const partsSchema = z.array(z.looseObject({ type: z.string() }))

export const chatMessageSchema = z
  .object({
    id: z.string(),
    role: z.enum(['system', 'user', 'assistant']),
    metadata: z
      .object({
        createdAt: momentSchema,
        model: sentenceSchema.optional(),
        isInterrupted: z.literal(true).optional(),
        error: sentenceSchema.optional(),
        ending: z.enum(['cut_off', 'filtered', 'empty', 'unclear']).optional(),
      })
      .optional(),
    parts: partsSchema.meta(means('api.fields.parts')),
  })
  .meta({ id: 'ChatMessage' })

const summary = {
  id: z.string(),
  title: z.string(),
  createdAt: momentSchema,
  updatedAt: momentSchema,
}

export const chatSummarySchema = z.object(summary).meta({ id: 'ChatSummary' })

export const chatPageSchema = z
  .object({
    chats: z.array(chatSummarySchema),
    nextCursor: z.string().nullable().meta(means('api.fields.nextCursor')),
    answeredBy: sentenceSchema.optional(),
  })
  .meta({ id: 'ChatPage' })

export const chatVideoSchema = z.object({
  fileId: z.string(),
  parentFileId: z.string().nullable().meta(means('api.fields.parentFileId')),
  number: z.int().meta(means('api.fields.chatVideoNumber')),
  messageId: z.string().nullable().meta(means('api.fields.chatVideoMessage')),
  isTrashed: z.literal(true).optional().meta(means('api.fields.chatVideoTrashed')),
})

export const chatViewSchema = z
  .object({
    ...summary,
    messages: z.array(chatMessageSchema),
    isAnswering: z.boolean(),
    videos: z.array(chatVideoSchema),
  })
  .meta({ id: 'Chat' })

export const chatRequestSchema = z
  .object({
    chatId: z.string().regex(chatIdPattern).meta(means('api.fields.chatId')),
    message: z.object({
      id: z.string().regex(messageIdPattern).meta(means('api.fields.messageId')),
      role: z.enum(['user', 'assistant']),
      parts: partsSchema.meta(means('api.fields.parts')),
    }),
    trigger: z.enum(['submit-message', 'regenerate-message']).optional(),
  })
  .meta({ id: 'ChatRequest' })

export const renameSchema = z
  .object({ title: z.string().min(1).max(200) })
  .meta({ id: 'ChatTitle' })
