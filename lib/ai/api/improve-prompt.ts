import { withBasePath } from '#lib/contract/calls/base-path'
import { callApi } from '#lib/contract/calls/call-api'
import { readAnswer } from '#lib/contract/problem'
import {
  type ImprovedPrompt,
  type ImproveRequest,
  isImprovedPrompt,
} from '#lib/contract/text/improved-prompt'
import { withOwnSession } from './own-session.ts'

/** Asks for a proposal for a prompt; nothing is started. Rejects with `ProblemError`. */
export async function improvePrompt(request: ImproveRequest): Promise<ImprovedPrompt> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
  }
  const response = await withOwnSession(() => callApi(withBasePath('/api/prompt/improve'), init))
  return readAnswer(response, isImprovedPrompt)
}
