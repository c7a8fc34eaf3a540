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
import { isBlank, lengthOf } from '#lib/contract/text/plain-text'
import { type MessageRef, message as messageRef } from '#lib/messages/message'
import { AppError, type FieldFault } from '../errors.ts'
import type { Decision } from './answer-parts.ts'
import { addressOfImage, takeImages } from './core.ts'
import { reasonsOf, storable } from './texts.ts'

const partsAtMost = 200

const roles = ['user', 'assistant'] as const
const triggers = ['submit-message', 'regenerate-message'] as const

const requestSchema = z.object({
  chatId: z.string().regex(chatIdPattern),
  message: z.object({
    id: z.string().regex(messageIdPattern),
    role: z.enum(roles),
    parts: z.array(z.looseObject({ type: z.string() })).max(partsAtMost),
  }),
  trigger: z.enum(triggers).optional(),
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
export async function readChatRequest(ownerId: string, body: unknown): Promise<ChatIntent> {
  const parsed = requestSchema.safeParse(body)
  if (!parsed.success) {
    throw invalid(parsed.error.issues.map(({ path }) => faultAt(path)))
  }
  const { chatId, message } = parsed.data
  const { id: messageId, role, parts } = message
  if (role !== 'user')
    return { kind: 'decisions', chatId, messageId, decisions: decisionsOf(parts) }
  const images = await ownImages(ownerId, urlsOf(parts))
  return { kind: 'text', chatId, messageId, text: textOf(parts, images.length > 0), images }
}

/** What a place of a request takes. */
function faultAt(path: PropertyKey[]): FieldFault {
  const [outer, inner] = path
  return { field: path.join('.') || 'body', message: wanted(outer === 'message' ? inner : outer) }
}

function wanted(field: PropertyKey | undefined): MessageRef {
  switch (field) {
    case 'chatId':
      return messageRef('chat.error.chatId')
    case 'id':
      return messageRef('chat.error.messageId')
    case 'role':
      return messageRef('chat.error.choose', { values: { list: roles, link: 'or' } })
    case 'trigger':
      return messageRef('chat.error.choose', { values: { list: triggers, link: 'or' } })
    case 'parts':
      return messageRef('chat.error.parts', { count: partsAtMost })
    default:
      return messageRef('chat.error.request')
  }
}

function urlsOf(parts: { type: string; url?: unknown }[]) {
  return parts.flatMap(({ type, url }) => (type === 'file' && typeof url === 'string' ? url : []))
}

/**
 * The images at these addresses as parts to keep: only this user's own, each once, as many as a message may have.
 * What is not exactly the address of such an image is dropped.
 */
async function ownImages(ownerId: string, urls: string[]): Promise<ChatImagePart[]> {
  const ids = urls.map(chatImageId).filter((id) => id !== undefined)
  const images = await takeImages(ownerId, ids)
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
  if (!text && !hasImages)
    throw invalid([{ field: 'message', message: messageRef('chat.error.empty') }])
  const [length, max] = [lengthOf(text), chatTextMaxLength]
  if (length <= max) return text
  const tooLong = messageRef('chat.error.tooLong', { length, over: length - max, max })
  throw invalid([{ field: 'message', message: tooLong }])
}

function decisionsOf(parts: unknown[]): Decision[] {
  const decisions = parts.flatMap((part) => {
    const { data } = decisionSchema.safeParse(part)
    return data ? [{ approvalId: data.approval.id, approved: data.approval.approved }] : []
  })
  if (decisions.length > 0) return decisions
  throw invalid([{ field: 'message', message: messageRef('chat.error.decision') }])
}

function invalid(fields: FieldFault[]) {
  return new AppError('invalid_input', { userMessage: reasonsOf(fields), fields })
}
