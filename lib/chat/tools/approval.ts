import type { GenerateVideoInput } from '#lib/contract/chat-tools'
import { findOwnedFile } from '../../files/find-file.ts'
import { bodyOfCall } from './body-of-call.ts'
import type { ToolContext } from './tool-context.ts'

/**
 * Whether a generation needs the user's click before it spends: only above the operator's threshold. What cannot be
 * made needs none, for it will cost nothing; the tool itself says why.
 */
export async function approval(context: ToolContext, input: GenerateVideoInput) {
  const { lease, deps } = context
  try {
    const from = input.fromFileId ? await findOwnedFile(lease.userId, input.fromFileId) : undefined
    const usd = await deps.priceOf(await bodyOfCall(context, input, from))
    if (usd <= deps.confirmAboveUsd) return undefined
    const reason = `This video will cost about $${usd.toFixed(2)}. Start it?`
    return { type: 'user-approval' as const, reason }
  } catch {
    return undefined
  }
}
