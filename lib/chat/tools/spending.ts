import { type SpendQuote, spendKindOf, spendQuestion } from '#lib/contract/chat-tools'
import { microsOf } from '#lib/contract/money'
import { sayIn } from '#lib/messages/translate'
import type { CallPrice } from '../core.ts'
import { mostMicrosOfAnswer } from '../store/videos.ts'
import { type PricedCall, judgeCalls } from './judge-calls.ts'
import type { ToolContext } from './tool-context.ts'
import type { AskedCall, VideoStep } from './video-step.ts'

/**
 * Whether a call needs the user's click before it spends: where all calls of its step together would have their answer
 * spend more than the limit, each of them does. What will be refused needs none, the tool itself says why. Throws where
 * a price is unknown; then nothing is started.
 */
export async function approval(
  context: ToolContext,
  call: AskedCall,
): Promise<{ type: 'user-approval'; reason: string } | undefined> {
  const { toolCallId } = call
  // The SDK asks once more before it runs a call that was agreed to.
  if (context.approvedMicros(toolCallId) !== undefined) return undefined
  const step = context.steps.of(call)
  const asked = await (step.asked ??= callsToAsk(context, step))
  if (!asked.has(toolCallId)) return undefined
  const quotes = [...asked].map((id) => context.quotes.get(id)!)
  const kind = spendKindOf(step.calls.filter((one) => asked.has(one.toolCallId)))
  return { type: 'user-approval', reason: sayIn(context.locale, spendQuestion(quotes, kind)) }
}

/** All calls of a step that cost something, or none; the quotes of those to be asked about are kept. */
async function callsToAsk(context: ToolContext, { calls }: VideoStep) {
  if (!context.mayCall(calls.length)) return new Set<string>()
  const judged = await judgeCalls(context, calls)
  const priced = judged.filter((one) => one.kind === 'priced')
  const total = priced.reduce((sum, { price }) => sum + microsOf(price.usd), 0)
  const fits = ({ price, from }: PricedCall) =>
    microsOf(price.usd) <= (from?.limitMicros ?? Infinity)
  if (total <= (await freeMicros(context)) && priced.every(fits)) return new Set<string>()
  for (const { call, price } of priced) context.quotes.set(call.toolCallId, quoteOf(price))
  return new Set(priced.map(({ call }) => call.toolCallId))
}

/** What an answer may still spend without a click: what is left of the operator's threshold after all it has started. */
export async function freeMicros({ lease, deps }: ToolContext) {
  const started = await mostMicrosOfAnswer(lease.chatId, lease.answerId)
  return Math.max(0, microsOf(deps.confirmAboveUsd) - started)
}

/** The price as the question names it, which is the limit. */
export function quoteOf({ usd, upToUsd }: CallPrice): SpendQuote {
  return { microUsd: microsOf(usd), upToMicroUsd: microsOf(upToUsd) }
}

/**
 * How much each of these calls may cost, and all of them together: what the user has agreed to for it, else its share of
 * what needs no click, whatever the prices were when that was decided.
 */
export async function limitsOf(context: ToolContext, priced: readonly PricedCall[]) {
  const agreed = priced.map(({ call }) => context.approvedMicros(call.toolCallId))
  const free = agreed.includes(undefined) ? await freeMicros(context) : 0
  const needs = priced.map(({ price }, index) =>
    agreed[index] === undefined ? microsOf(price.usd) : 0,
  )
  let left = free - sumOf(needs)
  const limits = priced.map(({ price, from }, index) => {
    if (agreed[index] !== undefined) return agreed[index]
    const limit = Math.max(0, Math.min(left + needs[index]!, from?.limitMicros ?? Infinity))
    // What a fallback may take is not there for the next one.
    left -= Math.min(limit, microsOf(price.upToUsd)) - needs[index]!
    return limit
  })
  const unasked = limits.filter((_, index) => agreed[index] === undefined)
  const atMost = sumOf(agreed.map((one) => one ?? 0)) + Math.min(free, sumOf(unasked))
  return { limits, atMost }
}

function sumOf(amounts: readonly number[]) {
  return amounts.reduce((sum, one) => sum + one, 0)
}
