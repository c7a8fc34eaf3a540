import { z } from 'zod'
import { chatIdPattern, chatTextMaxLength, messageIdPattern } from '#lib/contract/chat-message'
import { AppError } from '../errors.ts'
import { storable } from './storable.ts'

const partsAtMost = 200

const requestSchema = z.object({
  chatId: z.string().regex(chatIdPattern, 'Give the id of a chat: chat_ and 24 of 0-9a-z.'),
  message: z.object({
    id: z.string().regex(messageIdPattern, 'Give a message id of 8 to 64 letters and digits.'),
    role: z.enum(['user', 'assistant'], { error: 'Choose one of: user, assistant.' }),
    parts: z.array(z.looseObject({ type: z.string() })).max(partsAtMost),
  }),
  trigger: z.enum(['submit-message', 'regenerate-message']).optional(),
})

const decisionSchema = z.looseObject({
  toolCallId: z.string(),
  state: z.literal('approval-responded'),
  approval: z.object({ id: z.string(), approved: z.boolean() }),
})

/** What the user decided about one tool call. */
export interface Decision {
  approvalId: string
  approved: boolean
}

/** A request of the chat, reduced to what is believed of it. */
export type ChatIntent =
  | { kind: 'text'; chatId: string; messageId: string; text: string }
  | { kind: 'decisions'; chatId: string; messageId: string; decisions: Decision[] }

/** Checks what the browser sent; throws with every faulty field named. */
export function readChatRequest(body: unknown): ChatIntent {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.') || 'body',
      message,
    }))
    throw invalid(fields)
  }
  const { chatId, message } = parsed.data
  if (message.role === 'user')
    return { kind: 'text', chatId, messageId: message.id, text: textOf(message.parts) }
  return { kind: 'decisions', chatId, messageId: message.id, decisions: decisionsOf(message.parts) }
}

function textOf(parts: { type: string; text?: unknown }[]) {
  const text = storable(
    parts
      .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : []))
      .join('\n'),
  ).trim()
  if (text.length >= 1 && text.length <= chatTextMaxLength) return text
  const limit = chatTextMaxLength.toLocaleString('en')
  throw invalid([{ field: 'message', message: `Write a message of 1 to ${limit} characters.` }])
}

function decisionsOf(parts: unknown[]): Decision[] {
  const decisions = parts.flatMap((part) => {
    const { data } = decisionSchema.safeParse(part)
    return data ? [{ approvalId: data.approval.id, approved: data.approval.approved }] : []
  })
  if (decisions.length > 0) return decisions
  throw invalid([{ field: 'message', message: 'Send a message of the user, or a decision.' }])
}

function invalid(fields: { field: string; message: string }[]) {
  const userMessage = fields.map(({ message }) => message).join(' ')
  return new AppError('invalid_input', { userMessage, fields })
}
