import { z } from 'zod'
import { withoutBasePath } from '#lib/contract/calls/base-path'
import {
  chatIdPattern,
  chatImageId,
  type ChatImagePart,
  chatImagesAtMost,
  chatTextMaxLength,
  messageIdPattern,
} from '#lib/contract/chat'
import { isBlank, lengthOf, tooLongSentence } from '#lib/contract/text/plain-text'
import { AppError } from '../errors.ts'
import type { Decision } from './answer-parts.ts'
import { addressOfImage, takeImages } from './core.ts'
import { storable } from './texts.ts'

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

/** A request of the chat, reduced to what is believed of it. */
export type ChatIntent =
  | { kind: 'text'; chatId: string; messageId: string; text: string; images: ChatImagePart[] }
  | { kind: 'decisions'; chatId: string; messageId: string; decisions: Decision[] }

/** Checks what the browser of this user sent; throws with every faulty field named. */
export async function readChatRequest(userId: string, body: unknown): Promise<ChatIntent> {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({
      field: path.join('.') || 'body',
      message,
    }))
    throw invalid(fields)
  }
  const { chatId, message } = parsed.data
  const { id: messageId, role, parts } = message
  if (role !== 'user')
    return { kind: 'decisions', chatId, messageId, decisions: decisionsOf(parts) }
  const images = await ownImages(userId, urlsOf(parts))
  return { kind: 'text', chatId, messageId, text: textOf(parts, images.length > 0), images }
}

function urlsOf(parts: { type: string; url?: unknown }[]) {
  return parts.flatMap(({ type, url }) => (type === 'file' && typeof url === 'string' ? url : []))
}

/**
 * The images at these addresses as parts to keep: only this user's own, each once, as many as a message may have.
 * What is not exactly the address of such an image is dropped.
 */
async function ownImages(userId: string, urls: string[]): Promise<ChatImagePart[]> {
  const ids = urls.map(chatImageId).filter((id) => id !== undefined)
  const images = await takeImages(userId, ids)
  const parts = images.map((image): ChatImagePart => {
    return { type: 'file', mediaType: image.contentType, url: addressOfImage(image) }
  })
  return [...new Set(urls.map((url) => withoutBasePath(url)))]
    .flatMap((url) => parts.find((part) => part.url === url) ?? [])
    .slice(0, chatImagesAtMost)
}

/** The text of a message; only beside an image may it be empty. */
function textOf(parts: { type: string; text?: unknown }[], hasImages: boolean) {
  const written = parts
    .flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? text : []))
    .join('\n')
  const text = isBlank(written) ? '' : storable(written).trim()
  if (!text && !hasImages) throw invalid([{ field: 'message', message: 'Write a message.' }])
  if (text.length >= (hasImages ? 0 : 1) && lengthOf(text) <= chatTextMaxLength) return text
  const limit = chatTextMaxLength.toLocaleString('en')
  const message =
    tooLongSentence('message', lengthOf(text), chatTextMaxLength) ??
    `Write a message of 1 to ${limit} characters.`
  throw invalid([{ field: 'message', message }])
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
