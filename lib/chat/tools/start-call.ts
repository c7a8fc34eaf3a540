import type { MediaNode } from '#lib/contract/canvas/canvas'
import type { GenerateVideoOutput } from '#lib/contract/chat-tools'
import { usdOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import { findChatNode } from '../../canvas/chat-node.ts'
import { placeMade } from '../../canvas/placing/place-made.ts'
import type { Transaction } from '../../db/client.ts'
import { AppError } from '../../errors.ts'
import { asOwnerOfNow } from '../store/answer-lease.ts'
import { insertChatVideo, numberInChat } from '../store/videos.ts'
import { type PricedCall, judgeCalls } from './judge-calls.ts'
import { limitsOf } from './spending.ts'
import { type ToolContext, ToolProblem, asToolProblem } from './tool-context.ts'
import type { AskedCall, Outcome, VideoCall, VideoStep } from './video-step.ts'
import { videoBrief } from './videos.ts'

/**
 * Starts a video or an image as the form does, together with the others of its step, and returns at once, with the id to follow it
 * by. The same request of the same turn resolves to the same one, however often its answer is written, and whatever
 * models and prices are by then.
 */
export async function startCall(
  context: ToolContext,
  call: AskedCall,
): Promise<GenerateVideoOutput> {
  const step = context.steps.of(call)
  const outcomes = await (step.outcomes ??= startStep(context, step))
  const outcome = outcomes.get(call.toolCallId)!
  if ('problem' in outcome) throw outcome.problem
  const { row, from, insteadOf } = outcome.made
  const number = await numberInChat(context.lease.chatId, row.id)
  const gaveWay = Object.keys(insteadOf).length > 0 && { insteadOf }
  return { ...videoBrief(row, number), fromFileId: from?.id ?? null, ...gaveWay }
}

/** Starts all calls of a step that wait for no click, or none of them; what cannot be made at all is refused alone. */
async function startStep(context: ToolContext, step: VideoStep): Promise<Map<string, Outcome>> {
  const asked = await step.asked
  const calls = step.calls.filter(({ toolCallId }) => !asked?.has(toolCallId))
  try {
    context.countCalls(calls.length)
    await Promise.all(calls.map(({ toolCallId }) => context.recorded(toolCallId)))
    return await asOwnerOfNow(context.lease, () => startCalls(context, calls))
  } catch (error) {
    const problem = calls.length > 1 ? noneStarted(error, calls.length) : error
    return new Map(calls.map(({ toolCallId }) => [toolCallId, { problem }]))
  }
}

async function startCalls(context: ToolContext, calls: readonly VideoCall[]) {
  const judged = await judgeCalls(context, calls)
  const priced = judged.filter((one) => one.kind === 'priced')
  const started = priced.length > 0 ? await startPriced(context, priced) : []
  const outcomes = judged.map((one): [string, Outcome] => {
    const { toolCallId } = one.call
    if (one.kind === 'refused') return [toolCallId, { problem: one.problem }]
    if (one.kind === 'started') return [toolCallId, { made: one.made }]
    const { from, asked } = one
    const result = started[priced.indexOf(one)]!
    if (result.status === 'rejected') return [toolCallId, { problem: result.reason }]
    return [toolCallId, { made: { row: result.value, from, insteadOf: asked.insteadOf } }]
  })
  return new Map(outcomes)
}

/**
 * Starts what calls ask for and spends no more than the user has agreed to, or than needs no click, whatever the prices
 * were when the question was asked.
 */
async function startPriced(context: ToolContext, priced: readonly PricedCall[]) {
  const { lease, deps } = context
  const { chatId, publicId, ownerId, answerId: messageId } = lease
  const isOnCanvas = (await findChatNode({ ownerId, chatId: publicId })) !== undefined
  const door = isOnCanvas ? ('canvas' as const) : ('chat' as const)
  const { limits, atMost } = await limitsOf(context, priced)
  const requests = priced.map(({ call: { key }, from, asked }, index) => ({
    caller: lease.caller,
    kind: asked.kind,
    origin: { door, place: { chatId: publicId, messageId, callKey: key } },
    alongside: async (tx: Transaction, fileId: string) => {
      await insertChatVideo(tx, {
        chatId,
        fileId,
        parentFileId: from?.id ?? null,
        messageId,
        callKey: key,
      })
      const { kind, body } = asked
      await placeMade(tx, { ownerId, chatId: publicId, fileId, kind, settings: settingsOf(body) })
    },
    body: { ...asked.body, maxUsd: usdOf(limits[index]!) },
    idempotencyKey: key,
    now: deps.now(),
  }))
  return deps.startTogether(requests, atMost).catch((error: unknown) => {
    throw isTooExpensive(error) ? tooExpensive(atMost) : error
  })
}

/** A request as a node of a canvas keeps it. */
function settingsOf(body: object) {
  const { maxUsd: _limit, ...settings } = JSON.parse(JSON.stringify(body)) as MediaNode['settings']
  return settings
}

function isTooExpensive(error: unknown) {
  return error instanceof AppError && error.fields?.some(({ field }) => field === 'maxUsd') === true
}

function tooExpensive(atMostMicros: number) {
  return new ToolProblem(message('chat.problem.priceRose', { limit: { usd: usdOf(atMostMicros) } }))
}

/** Why all of several calls were refused. */
function noneStarted(error: unknown, count: number) {
  const { sentence, code } = asToolProblem(error, 'en')
  return new ToolProblem(message('chat.problem.noneStarted', { count, reason: sentence }), { code })
}
