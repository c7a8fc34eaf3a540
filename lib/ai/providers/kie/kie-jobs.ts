import { z } from 'zod'
import type { CheckResult, ProviderContext, ProviderRequest } from '../provider.ts'
import { kieCost, kieCostFields } from './kie-cost.ts'
import type { KieAccount } from './kie-envelope.ts'
import { taskFailed, videoMissing } from './kie-error.ts'
import { kieJobInputOf } from './kie-job-input.ts'
import { uploadInputs } from './kie-upload.ts'
import { readTask } from './read-task.ts'
import { readUrls } from './read-urls.ts'
import { submitTask } from './submit-task.ts'

/** Begins a task of the jobs API and answers its id. */
export async function submitJob(
  request: ProviderRequest,
  account: KieAccount,
  context: ProviderContext,
): Promise<string> {
  const uploaded = await uploadInputs(request.inputs, account, context)
  const body = { model: request.model, input: kieJobInputOf(request, uploaded) }
  return submitTask('/api/v1/jobs/createTask', body, account, context)
}

const recordSchema = z.object({
  state: z.string(),
  resultJson: z.string().nullish(),
  failCode: z.union([z.number(), z.string()]).nullish(),
  failMsg: z.string().nullish(),
  progress: z.number().min(0).max(100).nullish().catch(undefined),
  ...kieCostFields,
})

const messages: Record<string, string> = {
  waiting: 'Waiting in line at Kie.ai',
  queuing: 'Waiting in line at Kie.ai',
}

/** Looks at a task of the jobs API. A state that is neither success nor failure, a new one too, means "not yet". */
export async function checkJob(
  taskId: string,
  account: KieAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const record = await readTask(recordSchema, '/api/v1/jobs/recordInfo', taskId, account, context)
  const cost = kieCost(record)
  if (record.state === 'fail')
    return { status: 'failed', error: taskFailed(record.failCode, record.failMsg), ...cost }
  if (record.state !== 'success') {
    const message = messages[record.state]
    return {
      status: 'pending',
      ...(message && { message }),
      ...(typeof record.progress === 'number' && { progress: record.progress }),
    }
  }
  const url = urlOf(record.resultJson)
  if (!url) return { status: 'failed', error: videoMissing(), ...cost }
  return { status: 'completed', output: { kind: 'url', url }, ...cost }
}

const resultSchema = z.object({ resultUrls: z.unknown() })

function urlOf(resultJson: string | null | undefined) {
  try {
    return readUrls(resultSchema.parse(JSON.parse(resultJson ?? '')).resultUrls)[0]
  } catch {
    return undefined
  }
}
