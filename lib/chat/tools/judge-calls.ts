import { message } from '#lib/messages/message'
import { AppError } from '../../errors.ts'
import { type CallPrice, type VideoRow, findVideo } from '../core.ts'
import { startedByCall } from '../store/videos.ts'
import { type CallBody, bodyOfCall } from './call-body.ts'
import { type ToolContext, ToolProblem } from './tool-context.ts'
import type { StartedCall, VideoCall } from './video-step.ts'

/** What a call is found to be, before anything is started. */
export type JudgedCall =
  | { kind: 'started'; call: VideoCall; made: StartedCall }
  | { kind: 'refused'; call: VideoCall; problem: unknown }
  | PricedCall

export interface PricedCall {
  kind: 'priced'
  call: VideoCall
  from: VideoRow | undefined
  price: CallPrice
  asked: CallBody
}

/**
 * Finds for each call whether what it asks for is there already, why there can be none, or what it would cost. Throws where a
 * price is unknown; then nothing is started.
 */
export async function judgeCalls(context: ToolContext, calls: readonly VideoCall[]) {
  const judged: JudgedCall[] = []
  for (const call of calls)
    judged.push(
      await judge(context, call).catch((problem: unknown) => {
        if (!isRefusal(problem)) throw problem
        return { kind: 'refused' as const, call, problem }
      }),
    )
  return judged
}

async function judge(context: ToolContext, call: VideoCall): Promise<JudgedCall> {
  const { lease, deps } = context
  const { input, key } = call
  const from = input.fromFileId ? await ownVideo(lease.ownerId, input.fromFileId) : undefined
  const row = await startedByCall(lease, key)
  if (row === 'deleted') throw startedAndDeleted()
  if (row) return { kind: 'started', call, made: { row, from, insteadOf: {} } }
  const asked = await bodyOfCall(context, call, from)
  const price = await deps.priceOf(asked.body, lease.caller, asked.kind)
  return { kind: 'priced', call, from, price, asked }
}

async function ownVideo(ownerId: string, fileId: string) {
  const row = await findVideo(ownerId, fileId)
  if (row) return row
  throw new AppError('not_found', { userMessage: message('chat.problem.sourceGone') })
}

function startedAndDeleted() {
  return new AppError('not_found', { userMessage: message('errors.startedAndDeleted') })
}

const refusals = new Set<string>(['invalid_input', 'sign_in_required', 'not_found'])

/** Whether a call cannot be made as it is: the others of its step can. */
function isRefusal(error: unknown) {
  return error instanceof ToolProblem || (error instanceof AppError && refusals.has(error.code))
}
