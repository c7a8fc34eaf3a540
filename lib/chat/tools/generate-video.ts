import type { GenerateVideoInput, GenerateVideoOutput } from '#lib/contract/chat-tools'
import { AppError } from '../../errors.ts'
import { findOwnedFile } from '../../files/find-file.ts'
import { addChatVideo } from '../store/add-chat-video.ts'
import { videoOfCall } from '../store/chat-videos.ts'
import { bodyOfCall } from './body-of-call.ts'
import { callKey, inputHash } from './call-key.ts'
import type { ToolContext } from './tool-context.ts'
import { videoBrief } from './video-brief.ts'

/**
 * Starts a video the way the form does and answers at once, with the id to follow it by. The same wish of the same
 * turn resolves to the same video, however often its answer is written.
 */
export async function generateVideo(
  context: ToolContext,
  input: GenerateVideoInput,
  toolCallId: string,
): Promise<GenerateVideoOutput> {
  const { lease, questionId, deps } = context
  const { chatId, userId, answerId } = lease
  const hash = inputHash(input)
  const key = callKey(chatId, questionId, hash, context.ordinalOf(hash))
  await context.recorded(toolCallId)
  const from = input.fromFileId ? await ownVideo(userId, input.fromFileId) : undefined
  const row =
    (await videoOfCall(userId, chatId, key)) ??
    (await deps.start({
      userId,
      body: await bodyOfCall(context, input, from),
      idempotencyKey: key,
      now: deps.now(),
    }))
  const number = await addChatVideo({
    chatId,
    fileId: row.id,
    parentFileId: from?.id ?? null,
    messageId: answerId,
    callKey: key,
  })
  return { ...videoBrief(row, number), fromFileId: from?.id ?? null }
}

async function ownVideo(userId: string, fileId: string) {
  const row = await findOwnedFile(userId, fileId)
  if (row) return row
  throw new AppError('not_found', {
    userMessage: 'The video this should be a new version of is not here any more.',
  })
}
