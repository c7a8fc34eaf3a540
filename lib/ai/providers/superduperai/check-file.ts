import { z } from 'zod'
import type { CheckResult, ProviderContext } from '../provider.ts'
import { type SuperDuperAiAccount, requestSuperDuperAi } from './request-superduperai.ts'
import { generationFailed } from './superduperai-error.ts'

const fileSchema = z.object({
  id: z.string(),
  url: z.string().nullish(),
  tasks: z.array(z.object({ type: z.string(), status: z.string() })).nullish(),
})

/**
 * Reads a file. There is no status at its top: it is done when it has an address, and failed when the last of its
 * video tasks is.
 */
export async function checkFile(
  fileId: string,
  account: SuperDuperAiAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const path = `/file/${encodeURIComponent(fileId)}`
  const file = await requestSuperDuperAi(fileSchema, path, { purpose: 'look' }, account, context)
  if (file.url) return { status: 'completed', output: { kind: 'url', url: file.url } }
  const task = file.tasks?.findLast(({ type }) => type === 'video-generation-flow')
  if (task?.status === 'error') return { status: 'failed', error: generationFailed() }
  return { status: 'pending' }
}
