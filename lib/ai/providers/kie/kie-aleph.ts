import { message } from '#lib/messages/message'
import { z } from 'zod'
import type { CheckResult, ProviderContext, ProviderRequest } from '../provider.ts'
import { taskFailed, unusableRequest, outputMissing } from './kie-error.ts'
import { uploadInputs, urlsOf } from './kie-upload.ts'
import {
  type KieAccount,
  kieCost,
  kieCostFields,
  readTask,
  readUrls,
  wireNumber,
} from './kie-wire.ts'

export const alephPath = '/api/v1/aleph/generate'

/** The body of a task of Runway Aleph. It changes a film, of which it takes the first 5 seconds. */
export async function alephBody(
  request: ProviderRequest,
  account: KieAccount,
  context: ProviderContext,
) {
  if (!request.inputs.some(({ role }) => role === 'source_video'))
    throw unusableRequest(message('provider.needsVideo'), 'Aleph was asked without a film')
  const uploaded = await uploadInputs(request.inputs, account, context)
  const [referenceImage] = urlsOf(uploaded, 'reference')
  return {
    prompt: request.prompt,
    videoUrl: urlsOf(uploaded, 'source_video')[0]!,
    aspectRatio: request.aspectRatio,
    seed: request.seed,
    uploadCn: false,
    ...(referenceImage && { referenceImage }),
  }
}

const recordSchema = z.object({
  successFlag: wireNumber,
  response: z.object({ resultVideoUrl: z.unknown().optional() }).nullish(),
  errorCode: z.union([z.number(), z.string()]).nullish(),
  errorMessage: z.string().nullish(),
  ...kieCostFields,
})

/** Looks at a task of Runway Aleph. Its flag tells only success, so a failure is an error in the record. */
export async function checkAleph(
  taskId: string,
  account: KieAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const record = await readTask(recordSchema, '/api/v1/aleph/record-info', taskId, account, context)
  const { successFlag, response, errorCode, errorMessage } = record
  const cost = kieCost(record)
  if (successFlag !== 1) {
    if (successFlag === 0 && !errorCode && !errorMessage) return { status: 'pending' }
    return { status: 'failed', error: taskFailed(errorCode, errorMessage), ...cost }
  }
  const [url] = readUrls(response?.resultVideoUrl)
  if (!url) return { status: 'failed', error: outputMissing(), ...cost }
  return { status: 'completed', output: { kind: 'url', url }, ...cost }
}
