import type { GenerateVideoInput, GenerateVideoOutput } from '#lib/contract/chat-tools'
import { AppError } from '../../errors.ts'
import { findOwnedFile } from '../../generations/queries.ts'
import { filesOfKeys } from '../../generations/idempotency.ts'
import { addChatVideo } from '../store/add-chat-video.ts'
import { videoOfCall } from '../store/chat-videos.ts'
import { callKey, inputHash } from './call-key.ts'
import { startCall } from './start-call.ts'
import type { ToolContext } from './tool-context.ts'
import { videoBrief } from './video-brief.ts'

/**
 * Starts a video the way the form does and answers at once, with the id to follow it by. The same wish of the same
 * turn resolves to the same video, however often its answer is written, and whatever models and prices are by then.
 */
export async function generateVideo(
  context: ToolContext,
  input: GenerateVideoInput,
  toolCallId: string,
): Promise<GenerateVideoOutput> {
  const { lease, questionId } = context
  const { chatId, userId, answerId } = lease
  const hash = inputHash(input)
  const key = callKey(chatId, questionId, hash, context.ordinalOf(hash))
  await context.recorded(toolCallId)
  const from = input.fromFileId ? await ownVideo(userId, input.fromFileId) : undefined
  const earlier = await startedBefore(context, key)
  const approvedUsd = context.approvedUsd(toolCallId)
  const { row, insteadOf } = earlier
    ? { row: earlier, insteadOf: {} }
    : await startCall(context, { input, from, key, approvedUsd })
  const number = await addChatVideo({
    chatId,
    fileId: row.id,
    parentFileId: from?.id ?? null,
    messageId: answerId,
    callKey: key,
  })
  const gaveWay = Object.keys(insteadOf).length > 0 && { insteadOf }
  return { ...videoBrief(row, number), fromFileId: from?.id ?? null, ...gaveWay }
}

/** The video a call has started already, also where its chat has not heard of it: its process died in between. */
async function startedBefore({ lease: { userId, chatId }, deps }: ToolContext, key: string) {
  const known = await videoOfCall(userId, chatId, key)
  if (known) return known
  const [fileId] = await filesOfKeys(userId, [key], deps.now())
  return fileId === undefined ? undefined : findOwnedFile(userId, fileId)
}

async function ownVideo(userId: string, fileId: string) {
  const row = await findOwnedFile(userId, fileId)
  if (row) return row
  throw new AppError('not_found', {
    userMessage: 'The video this should be a new version of is not here any more.',
  })
}
