import { type MessageRef, message } from '#lib/messages/message'
import { z } from 'zod'
import type { CheckResult, Json, ProviderContext, ProviderRequest } from '../provider.ts'
import { kieLabel, outputMissing, taskFailed, unusableRequest } from './kie-error.ts'
import { type KieJobModel, kieJobModelOf, kieSlugOf } from './kie-job-models.ts'
import { type UploadedInput, uploadInputs, urlsOf } from './kie-upload.ts'
import {
  type KieAccount,
  kieCost,
  kieCostFields,
  readTask,
  readUrls,
  wireNumber,
} from './kie-wire.ts'

export const jobsPath = '/api/v1/jobs/createTask'

/** The body of a task of the jobs API. */
export async function jobBody(
  request: ProviderRequest,
  account: KieAccount,
  context: ProviderContext,
) {
  const model = kieSlugOf(request)
  if (request.kind === 'image') refuseUnused({ ...request, model })
  const uploaded = await uploadInputs(request.inputs, account, context)
  return { model, input: kieJobInputOf({ ...request, model }, uploaded) }
}

/** An image that leaves out one of its pictures would be another one, and paid for. */
function refuseUnused({ model, inputs }: ProviderRequest) {
  const { references } = kieJobModelOf(model)
  const unused = inputs.find(({ role }) => role !== 'reference' || references === null)
  if (!unused) return
  throw unusableRequest(
    message('provider.inputNotTaken', { provider: kieLabel }),
    `${model} has no use for an input of the role ${unused.role}`,
  )
}

/** The `input` of a task of the jobs API, in the words of the request's model. */
export function kieJobInputOf(
  request: ProviderRequest,
  uploaded: readonly UploadedInput[],
): Record<string, Json> {
  const model = kieJobModelOf(request.model)
  const { aspectRatio, resolution, duration, imageFormat } = model
  const { durationSeconds: seconds, imageFormat: format = 'png' } = request
  return {
    ...model.constants,
    prompt: request.prompt,
    ...(aspectRatio && {
      [aspectRatio.field]: aspectRatio.values?.[request.aspectRatio] ?? request.aspectRatio,
    }),
    ...(duration && {
      [duration.field]: duration.type === 'string' ? String(seconds) : seconds,
    }),
    ...(imageFormat && { [imageFormat.field]: imageFormat.values?.[format] ?? format }),
    ...(resolution && {
      [resolution.field]: resolution.values?.[request.resolution] ?? request.resolution,
    }),
    ...(model.audio && { [model.audio]: request.generateAudio }),
    ...(model.seed && { [model.seed]: request.seed % 2 ** 31 }),
    ...(model.negativePrompt &&
      request.negativePrompt && { [model.negativePrompt]: request.negativePrompt }),
    ...picturesOf(model, uploaded),
  }
}

function picturesOf({ frames, references }: KieJobModel, uploaded: readonly UploadedInput[]) {
  const pictures: Record<string, Json> = {}
  const put = (field: string, urls: string[]) => {
    if (urls.length > 0) pictures[field] = urls
  }
  if (references) put(references, urlsOf(uploaded, 'reference'))
  if (frames && 'list' in frames) put(frames.list, urlsOf(uploaded, 'first_frame', 'last_frame'))
  if (frames && 'first' in frames) {
    const [first] = urlsOf(uploaded, 'first_frame')
    const [last] = urlsOf(uploaded, 'last_frame')
    if (first) pictures[frames.first] = first
    if (last) pictures[frames.last] = last
  }
  return pictures
}

export const jobOperationSchema = z.object({
  api: z.literal('jobs'),
  taskId: z.string().min(1),
  /** A video where it is left out. */
  makes: z.literal('image').optional(),
})
type KieJob = z.infer<typeof jobOperationSchema>

const recordSchema = z.object({
  state: z.string(),
  resultJson: z.string().nullish(),
  failCode: z.union([z.number(), z.string()]).nullish(),
  failMsg: z.string().nullish(),
  progress: wireNumber.pipe(z.number().min(0).max(100)).nullish().catch(undefined),
  ...kieCostFields,
})

const inLine = message('provider.inLine', { provider: 'Kie.ai' })
const messages: Record<string, MessageRef> = { waiting: inLine, queuing: inLine }

/** Looks at a task of the jobs API. A state that is neither success nor failure, a new one too, means "not yet". */
export async function checkJob(
  { taskId, makes }: KieJob,
  account: KieAccount,
  context: ProviderContext,
): Promise<CheckResult> {
  const record = await readTask(recordSchema, '/api/v1/jobs/recordInfo', taskId, account, context)
  const cost = kieCost(record)
  if (record.state === 'fail')
    return { status: 'failed', error: taskFailed(record.failCode, record.failMsg, makes), ...cost }
  if (record.state !== 'success') {
    const message = messages[record.state]
    return {
      status: 'pending',
      ...(message && { message }),
      ...(typeof record.progress === 'number' && { progress: record.progress }),
    }
  }
  const url = urlOf(record.resultJson)
  if (!url) return { status: 'failed', error: outputMissing(makes), ...cost }
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
