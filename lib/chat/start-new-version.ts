import { AppError } from '../errors.ts'
import { type VideoRow, assertKey, findVideo } from './core.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { chatNotFound, findChat } from './store/chats.ts'
import { addChatVideo } from './store/videos.ts'
import { chatKey } from './tools/call-key.ts'

export interface NewVersionOptions {
  userId: string
  chatId: string
  /** As it came in: `fromFileId` and whatever is to be different. */
  body: unknown
  idempotencyKey: string | null
}

/**
 * Starts a new version of a video outside the conversation and gives it its number in the chat. The same key and body
 * resolve to the same video, as in the form.
 */
export async function startNewVersion(
  { userId, chatId, body, idempotencyKey }: NewVersionOptions,
  deps: ChatDeps = productionDeps(),
): Promise<VideoRow> {
  if (!(await findChat(userId, chatId))) throw chatNotFound()
  const { fromFileId, ...changes } = fieldsOf(body)
  const from = await findVideo(userId, String(fromFileId))
  if (!from) throw noSource()
  if (idempotencyKey !== null) assertKey(idempotencyKey)
  const { prompt, model, aspectRatio, duration, resolution, negativePrompt, generateAudio } = from
  const { inputs, maxUsd } = from
  const settings = {
    prompt,
    model,
    aspectRatio,
    duration,
    resolution,
    negativePrompt,
    generateAudio,
    maxUsd,
    ...(inputs && { inputs }),
  }
  const row = await deps.start({
    userId,
    // One version is one video, whatever number of them the request names.
    body: { ...settings, ...changes, variations: 1 },
    // The chat is part of the intention: one key in two chats is two requests.
    idempotencyKey: idempotencyKey && chatKey(chatId, idempotencyKey),
    now: deps.now(),
  })
  await addChatVideo({
    chatId,
    fileId: row.id,
    parentFileId: from.id,
    messageId: null,
    callKey: row.id,
  })
  return row
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

function noSource() {
  const message = 'Give the id of one of your videos.'
  return new AppError('invalid_input', {
    userMessage: message,
    fields: [{ field: 'fromFileId', message }],
  })
}
