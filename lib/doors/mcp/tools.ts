import { message } from '#lib/messages/message'
import { invalidField } from '../../errors.ts'
import { cancelGeneration } from '../../generations/commands/cancel.ts'
import { findOwned, listGenerations } from '../../generations/queries.ts'
import { startVariations } from '../../generations/start/start.ts'
import { takeStarts } from '../../http/front-door/limit-request.ts'
import { notFound } from '../../http/problem-response.ts'
import { parsed } from '../../read-input.ts'
import { answer, videoAnswer, videoOf } from './answers.ts'
import { answerEstimate, answerModels } from './models.ts'
import {
  askedPriceSchema,
  estimateSchema,
  fileSchema,
  generateImageSchema,
  generateSchema,
  listSchema,
  modelsSchema,
  ofKindSchema,
  pageSchema,
  videoSchema,
  videosSchema,
  waitAtMostSeconds,
  waitSchema,
} from './schemas.ts'
import type { Call, Tool, ToolAnswer } from './tool.ts'
import { untilEnded } from './wait.ts'

const reads = { readOnlyHint: true, destructiveHint: false, idempotentHint: true }
const wantsFile = { fileId: message('mcp.fileId') }

/** Every tool of the door. */
export const tools: readonly Tool[] = [
  {
    name: 'list_models',
    title: 'List models',
    description:
      'The models that make videos, or images: what each can make, and what it costs. Some may be off; each says why.',
    scope: 'any',
    annotations: reads,
    input: ofKindSchema,
    output: modelsSchema,
    run: (args, call) => answerModels(orderOf(args), call),
  },
  {
    name: 'estimate',
    title: 'Estimate a price',
    description:
      'What generate_video, or with kind image generate_image, would cost with the same arguments and how long it would ' +
      'take. Starts nothing.',
    scope: 'any',
    annotations: reads,
    input: askedPriceSchema,
    output: estimateSchema,
    run: (args, call) => answerEstimate(orderOf(args), call),
  },
  {
    name: 'generate_video',
    title: 'Generate a video',
    description:
      'Starts a video and returns at once with its fileId. Spends money: pass an idempotencyKey, and after a ' +
      'time-out call again with the same one. Then call wait_for_video.',
    scope: 'generate',
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
    input: generateSchema,
    output: videosSchema,
    run: (args, call) => generate('video', args, call),
  },
  {
    name: 'generate_image',
    title: 'Generate an image',
    description:
      'Starts an image, as generate_video starts a video. With references, the prompt says what to make of them.',
    scope: 'generate',
    annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
    input: generateImageSchema,
    output: videosSchema,
    run: (args, call) => generate('image', args, call),
  },
  {
    name: 'get_video',
    title: 'Look at a video or image',
    description: 'How far a video or an image is, what it costs, and a link once it is there.',
    scope: 'read',
    annotations: reads,
    input: fileSchema,
    output: videoSchema,
    run: getVideo,
  },
  {
    name: 'wait_for_video',
    title: 'Wait for a video or image',
    description:
      `Waits until a video or an image has ended, ${waitAtMostSeconds} s at most, and answers how far it is. Not ended yet is no ` +
      'error: call it again.',
    scope: 'read',
    annotations: reads,
    input: waitSchema,
    output: videoSchema,
    run: waitForVideo,
  },
  {
    name: 'list_videos',
    title: 'List videos',
    description: 'The videos and images of the account, newest first, a page at a time.',
    scope: 'read',
    annotations: reads,
    input: listSchema,
    output: pageSchema,
    run: listVideos,
  },
  {
    name: 'cancel_video',
    title: 'Cancel a video',
    description:
      'Stops a video or an image that has not ended. Not every provider can stop one it has begun.',
    scope: 'generate',
    annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true },
    input: fileSchema,
    output: videoSchema,
    run: cancelVideo,
  },
]

/**
 * Starts what is asked for, as every door does. The idempotency key is the client's own, taken as it is, so that the same
 * key means the same one through every door.
 */
async function generate(
  kind: 'video' | 'image',
  args: unknown,
  { caller, request }: Call,
): Promise<ToolAnswer> {
  const { idempotencyKey, ...body } = orderOf(args)
  if (typeof idempotencyKey !== 'string' || idempotencyKey === '')
    throw invalidField('idempotencyKey', message('mcp.idempotencyKey'))
  takeStarts(request, caller.keyId!, 1)
  const origin = { door: 'mcp', place: null } as const
  const rows = await startVariations({ caller, kind, body, idempotencyKey, origin })
  const videos = rows.map((row) => videoOf(row, request))
  return answer({ videos }, videos)
}

/** The order as every door starts it: language models write `null` where they want the default. */
function orderOf(args: unknown): Record<string, unknown> {
  const given = Object.entries(args instanceof Object ? args : {})
  return Object.fromEntries(given.filter(([, value]) => value !== null && value !== undefined))
}

async function getVideo(args: unknown, { caller, request }: Call) {
  const { fileId } = parsed(fileSchema, args, wantsFile)
  return videoAnswer(await owned(caller.ownerId, fileId), request)
}

async function waitForVideo(args: unknown, call: Call) {
  const wanted = { ...wantsFile, seconds: message('mcp.seconds', { atMost: waitAtMostSeconds }) }
  const { fileId, seconds } = parsed(waitSchema, orderOf(args), wanted)
  await owned(call.caller.ownerId, fileId)
  await untilEnded(fileId, seconds ?? waitAtMostSeconds, call)
  return videoAnswer(await owned(call.caller.ownerId, fileId), call.request)
}

async function listVideos(args: unknown, { caller: { ownerId }, request }: Call) {
  const {
    limit = 10,
    cursor,
    unfinishedOnly,
  } = parsed(listSchema, orderOf(args), {
    limit: message('mcp.limit'),
    cursor: message('mcp.cursor'),
    unfinishedOnly: message('request.boolean'),
  })
  const status = unfinishedOnly ? 'pending' : undefined
  const { rows, nextCursor } = await listGenerations({
    ownerId,
    limit,
    cursor,
    status,
    kind: 'video',
  })
  const videos = rows.map((row) => videoOf(row, request))
  return answer({ videos, nextCursor }, videos)
}

async function cancelVideo(args: unknown, { caller, request }: Call) {
  const { fileId } = parsed(fileSchema, args, wantsFile)
  const row = await cancelGeneration(caller.ownerId, fileId)
  if (!row) throw notFound()
  return videoAnswer(row, request)
}

async function owned(ownerId: string, fileId: string) {
  const row = await findOwned(ownerId, fileId)
  if (!row) throw notFound()
  return row
}
