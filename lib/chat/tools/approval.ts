import type { GenerateVideoInput } from '#lib/contract/chat-tools'
import { AppError } from '../../errors.ts'
import { findOwnedFile } from '../../generations/queries.ts'
import type { FileRow } from '../../generations/row.ts'
import { bodyOfCall } from './body-of-call.ts'
import { freeLimit } from './free-limit.ts'
import { spendReason } from './spend-reason.ts'
import type { ToolContext } from './tool-context.ts'
import { ToolProblem } from './tool-problem.ts'

/**
 * Whether a generation needs the user's click before it spends: only above the limit. What is refused needs none, for
 * the tool itself says why. Throws where nobody can tell the price; then nothing is started.
 */
export async function approval(context: ToolContext, input: GenerateVideoInput) {
  const { lease, deps } = context
  const from = input.fromFileId ? await findOwnedFile(lease.userId, input.fromFileId) : undefined
  const price = await priceOfCall(context, input, from)
  if (!price || price.usd <= freeLimit(deps, from)) return undefined
  return { type: 'user-approval' as const, reason: spendReason(price) }
}

async function priceOfCall(
  context: ToolContext,
  input: GenerateVideoInput,
  from: FileRow | undefined,
) {
  try {
    const { body } = await bodyOfCall(context, input, from)
    return await context.deps.priceOf(body)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

function isRefusal(error: unknown) {
  return (
    error instanceof ToolProblem || (error instanceof AppError && error.code === 'invalid_input')
  )
}
