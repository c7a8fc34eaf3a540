import { type GenerateVideoInput, type SpendQuote, spendQuestion } from '#lib/contract/chat-tools'
import { sayIn } from '#lib/messages/translate'
import { AppError } from '../../errors.ts'
import { type CallPrice, type VideoRow, findVideo } from '../core.ts'
import { mostUsdOfAnswer, videoOfCall } from '../store/videos.ts'
import { bodyOfCall } from './call-body.ts'
import { type ToolContext, ToolProblem } from './tool-context.ts'

const microUsdPerUsd = 1_000_000
const microUsdPerCent = 10_000

/**
 * Whether a call needs the user's click before it spends: only where its answer would spend more than the limit. What
 * will be refused needs none, the tool itself says why. Throws where the price is unknown; then nothing is started.
 */
export async function approval(
  context: ToolContext,
  input: GenerateVideoInput,
  toolCallId: string,
): Promise<{ type: 'user-approval'; reason: string } | undefined> {
  // The SDK asks once more before it runs a call that was agreed to.
  if (context.approvedMicroUsd(toolCallId) !== undefined) return undefined
  const { lease } = context
  const { ownerId } = lease
  // A call of an answer that is written again costs nothing: its video is there.
  if (await videoOfCall(lease, context.keyToApprove(input))) return undefined
  const from = input.fromFileId ? await findVideo(ownerId, input.fromFileId) : undefined
  const price = await priceOfCall(context, input, from)
  if (!price) return undefined
  const limit = await freeMicroUsd(context, from)
  if (inMicroUsd(price.usd) <= limit) {
    context.reserved.set(toolCallId, Math.min(limit, inMicroUsd(price.upToUsd)))
    return undefined
  }
  const quote = quoteOf(price)
  context.quotes.set(toolCallId, quote)
  return { type: 'user-approval', reason: sayIn(context.locale, spendQuestion(quote)) }
}

/**
 * Micro-dollars a call may spend without a click: what is left of the operator's threshold after all that this answer
 * has started or may start, or the limit of the video it is a new version of, where that is smaller.
 */
export async function freeMicroUsd(
  { lease, deps, reserved }: ToolContext,
  from: VideoRow | undefined,
) {
  const started = inMicroUsd(await mostUsdOfAnswer(lease.chatId, lease.answerId))
  const planned = [...reserved.values()].reduce((sum, one) => sum + one, 0)
  const left = Math.max(0, inMicroUsd(deps.confirmAboveUsd) - started - planned)
  return Math.min(left, from?.limitMicros ?? Infinity)
}

/** The price as the question names it: rounded up to cents, for what is named is the limit. */
export function quoteOf({ usd, upToUsd }: CallPrice): SpendQuote {
  return { microUsd: wholeCents(usd), upToMicroUsd: wholeCents(upToUsd) }
}

function wholeCents(usd: number) {
  return Math.ceil(inMicroUsd(usd) / microUsdPerCent) * microUsdPerCent
}

function inMicroUsd(usd: number) {
  return Math.round(usd * microUsdPerUsd)
}

/** Dollars, as the core's requests have them. */
export function inUsd(microUsd: number) {
  return microUsd / microUsdPerUsd
}

async function priceOfCall(
  context: ToolContext,
  input: GenerateVideoInput,
  from: VideoRow | undefined,
) {
  try {
    const { body } = await bodyOfCall(context, input, from)
    return await context.deps.priceOf(body, context.lease.caller)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

function isRefusal(error: unknown) {
  if (error instanceof ToolProblem) return true
  return (
    error instanceof AppError &&
    (error.code === 'invalid_input' || error.code === 'sign_in_required')
  )
}
