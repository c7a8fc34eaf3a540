import { z } from 'zod'
import type { GenerateVideoInput, GenerateVideoOutput } from '#lib/contract/chat-tools'
import { plain, seedMax } from '#lib/contract/generate-video-request'
import { promptMaxLength } from '#lib/contract/text/plain-text'
import { withoutReasoning } from '#lib/contract/text/reasoning'
import { resolutions } from '#lib/contract/model-view'
import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { type VideoRow, findVideo } from '../core.ts'
import { asOwnerOfNow } from '../store/answer-lease.ts'
import { insertChatVideo, numberInChat, videoOfCall } from '../store/videos.ts'
import { bodyOfCall } from './call-body.ts'
import { freeMicroUsd, inUsd } from './spending.ts'
import { type ToolContext, ToolProblem } from './tool-context.ts'
import { fileIdSchema, videoBrief } from './videos.ts'

const imageId = z.string().regex(/^image_[0-9a-z]{24}$/)

// Models spell out null for what they leave out, so every optional field takes it.
export const generateVideoSchema = z.object({
  prompt: z
    .string()
    .overwrite(withoutReasoning)
    .check(plain())
    .min(1)
    .max(promptMaxLength)
    .describe('The whole scene in one text, in the language of the user.'),
  aspectRatio: z.enum(['landscape', 'portrait', 'square']).nullish(),
  seconds: z.number().min(1).max(60).nullish().describe('Length; 2 to 10 in most models.'),
  nFrames: z
    .union([z.literal(5), z.literal(10)])
    .nullish()
    .describe('Older way to give the length: 5 or 10 seconds.'),
  length: z
    .enum(['longer', 'shorter'])
    .nullish()
    .describe('With fromFileId: the next length up or down, where the user gives no seconds.'),
  resolution: z.enum(resolutions).nullish(),
  model: z.string().max(100).nullish().describe('Leave out unless the user names one.'),
  seed: z.number().int().min(0).max(seedMax).nullish(),
  fromFileId: fileIdSchema
    .nullish()
    .describe('The video this is a new version of; what you leave out is taken from it.'),
  image: imageId
    .nullish()
    .describe(
      'The id of an image the user attached to a message of this chat; the video begins with it. Leave aspectRatio out with it, unless the user names a format.',
    ),
})

/**
 * Starts a video as the form does and returns at once, with the id to follow it by. The same request of the same turn
 * resolves to the same video, however often its answer is written, and whatever models and prices are by then.
 */
export async function generateVideo(
  context: ToolContext,
  input: GenerateVideoInput,
  toolCallId: string,
): Promise<GenerateVideoOutput> {
  const { lease } = context
  const key = context.keyToRun(input)
  await context.recorded(toolCallId)
  // One start after the other: each counts what those before it may spend.
  const start = async () => {
    const { chatId, ownerId } = lease
    const from = input.fromFileId ? await ownVideo(ownerId, input.fromFileId) : undefined
    const earlier = await videoOfCall(context.lease, key)
    const approved = context.approvedMicroUsd(toolCallId)
    const { row, insteadOf } = earlier
      ? { row: earlier, insteadOf: {} }
      : await startCall(context, { input, from, key, approved })
    const parentFileId = from?.id ?? null
    const number = await numberInChat(chatId, row.id)
    const gaveWay = Object.keys(insteadOf).length > 0 && { insteadOf }
    return { ...videoBrief(row, number), fromFileId: parentFileId, ...gaveWay }
  }
  return context.oneByOne(() => {
    context.reserved.delete(toolCallId)
    return asOwnerOfNow(lease, start)
  })
}

interface CallToStart {
  input: GenerateVideoInput
  from: VideoRow | undefined
  key: string
  /** Micro-dollars the user has agreed to; undefined without a click. */
  approved: number | undefined
}

/**
 * Starts what a call asks for and spends no more than the user has agreed to, or than needs no click, whatever the
 * price was when the question was asked.
 */
async function startCall(context: ToolContext, { input, from, key, approved }: CallToStart) {
  const { lease, deps } = context
  const { body, insteadOf } = await bodyOfCall(context, input, from)
  const maxUsd = inUsd(approved ?? (await freeMicroUsd(context, from)))
  const { chatId, answerId: messageId } = lease
  const parentFileId = from?.id ?? null
  const row = await deps
    .start({
      caller: lease.caller,
      origin: { door: 'chat', place: { chatId, messageId, callKey: key } },
      alongside: (tx, fileId) =>
        insertChatVideo(tx, { chatId, fileId, parentFileId, messageId, callKey: key }),
      body: { ...body, maxUsd },
      idempotencyKey: key,
      now: deps.now(),
    })
    .catch((error: unknown) => {
      throw isTooExpensive(error) ? tooExpensive(maxUsd) : error
    })
  return { row, insteadOf }
}

function isTooExpensive(error: unknown) {
  return error instanceof AppError && error.fields?.some(({ field }) => field === 'maxUsd') === true
}

function tooExpensive(maxUsd: number) {
  return new ToolProblem(message('chat.problem.priceRose', { limit: { usd: maxUsd } }))
}

async function ownVideo(ownerId: string, fileId: string) {
  const row = await findVideo(ownerId, fileId)
  if (row) return row
  throw new AppError('not_found', { userMessage: message('chat.problem.sourceGone') })
}
