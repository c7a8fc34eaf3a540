import type { GenerateVideoInput, InsteadOf } from '#lib/contract/chat-tools'
import { AppError } from '../../errors.ts'
import type { FileRow } from '../../generations/row.ts'
import { bodyOfCall } from './body-of-call.ts'
import { freeLimit } from './free-limit.ts'
import type { ToolContext } from './tool-context.ts'
import { ToolProblem } from './tool-problem.ts'

interface CallToStart {
  input: GenerateVideoInput
  from: FileRow | undefined
  key: string
  /** Dollars the user has agreed to; undefined without a click. */
  approvedUsd: number | undefined
}

/**
 * Starts what a call asks for and spends no more than the user has agreed to, or than needs no click, whatever the
 * price was when the question was put.
 */
export async function startCall(
  context: ToolContext,
  { input, from, key, approvedUsd }: CallToStart,
): Promise<{ row: FileRow; insteadOf: InsteadOf }> {
  const { lease, deps } = context
  const { body, insteadOf } = await bodyOfCall(context, input, from)
  const maxUsd = approvedUsd ?? freeLimit(deps, from)
  const row = await deps
    .start({
      userId: lease.userId,
      body: { ...body, maxUsd },
      idempotencyKey: key,
      now: deps.now(),
    })
    .catch((error: unknown) => {
      throw isTooDear(error) ? tooDear(maxUsd) : error
    })
  return { row, insteadOf }
}

function isTooDear(error: unknown) {
  return error instanceof AppError && error.fields?.some(({ field }) => field === 'maxUsd') === true
}

function tooDear(maxUsd: number) {
  return new ToolProblem(
    `It costs more than $${maxUsd.toFixed(2)} by now, so nothing was started. Ask once more to see the price and decide.`,
  )
}
