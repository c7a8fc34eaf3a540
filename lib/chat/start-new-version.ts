import { usdOf } from '#lib/contract/money'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { AppError } from '../errors.ts'
import { type VideoRow, assertKey, findVideo, inOurNames } from './core.ts'
import { type ChatDeps, productionDeps } from './deps.ts'
import { chatNotFound, findChat } from './store/chats.ts'
import { insertChatVideo } from './store/videos.ts'
import { chatKey } from './tools/call-key.ts'

export interface NewVersionOptions {
  /** Who asks, and pays. */
  caller: Caller
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
  { caller, chatId, body, idempotencyKey }: NewVersionOptions,
  deps: ChatDeps = productionDeps(),
): Promise<VideoRow> {
  const { ownerId } = caller
  const chat = await findChat(ownerId, chatId)
  if (!chat) throw chatNotFound()
  const { fromFileId, ...changes } = fieldsOf(inOurNames(body))
  const from = await findVideo(ownerId, String(fromFileId))
  if (!from) throw noSource()
  if (idempotencyKey !== null) assertKey(idempotencyKey)
  return deps.start({
    caller,
    kind: from.kind === 'image' ? 'image' : 'video',
    // One version is one, whatever number of them the request names.
    body: { ...settingsOf(from), ...changes, variations: 1 },
    // The chat is part of the intention: one key in two chats is two requests.
    idempotencyKey: idempotencyKey && chatKey(chat.id, idempotencyKey),
    origin: { door: 'chat', place: { chatId } },
    alongside: (tx, fileId) =>
      insertChatVideo(tx, {
        chatId: chat.id,
        fileId,
        parentFileId: from.id,
        messageId: null,
        callKey: fileId,
      }),
    now: deps.now(),
  })
}

/** What a version takes over where it is not asked for otherwise. */
function settingsOf(from: VideoRow) {
  const { kind, prompt, model, settings, limitMicros } = from
  const { aspectRatio, negativePrompt, enableFallback } = settings
  return {
    prompt,
    model,
    aspectRatio,
    negativePrompt,
    maxUsd: limitMicros === null ? null : usdOf(limitMicros),
    ...(enableFallback === false && { enableFallback }),
    ...(kind === 'image' ? ofImage(settings) : ofVideo(settings)),
  }
}

function ofVideo({ duration, resolution, generateAudio, inputs }: VideoRow['settings']) {
  return { duration, resolution, generateAudio, ...(inputs && { inputs }) }
}

function ofImage(settings: VideoRow['settings']) {
  const { aspectRatio, resolution, width, height, imageFormat, inputs } = settings
  const size = aspectRatio === 'custom' ? { width, height } : { resolution }
  return { ...size, imageFormat, ...(inputs && { inputs: { references: inputs.references } }) }
}

function fieldsOf(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

function noSource() {
  const sentence = message('chat.error.noSource')
  return new AppError('invalid_input', {
    userMessage: sentence,
    fields: [{ field: 'fromFileId', message: sentence }],
  })
}
