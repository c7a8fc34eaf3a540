import type { GenerateVideoInput } from '#lib/contract/chat-tools'
import { findOwnedFile } from '../../files/find-file.ts'
import { generationBody } from './generation-body.ts'
import type { ToolContext } from './tool-context.ts'

/**
 * Whether a generation needs the user's click before it spends: only above the operator's threshold. What cannot be
 * made needs none, for it will cost nothing; the tool itself says why.
 */
export async function approval({ lease, deps }: ToolContext, input: GenerateVideoInput) {
  try {
    const from = input.fromFileId ? await findOwnedFile(lease.userId, input.fromFileId) : undefined
    const usd = await deps.priceOf(generationBody(input, from))
    if (usd <= deps.confirmAboveUsd) return undefined
    const reason = `This video will cost about $${usd.toFixed(2)}. Start it?`
    return { type: 'user-approval' as const, reason }
  } catch {
    return undefined
  }
}
