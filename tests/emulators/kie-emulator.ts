import { randomUUID } from 'node:crypto'
import {
  type Answer,
  type EmulatedJob,
  type Emulator,
  type EmulatorRequest,
  type EmulatorSettings,
  answerFault,
  startEmulator,
  statusFault,
  submitFault,
} from './emulator.ts'
import { sendWebhook, sendWebhookWhenDone } from './kie-webhooks.ts'
import { type KieApi, creditsOf, recordOf, stateOf } from './kie-records.ts'
import { fieldMissing, kieRefusal, kieRefusalOfFault } from './kie-refusals.ts'
import { hasRequiredFields } from './kie-required-fields.ts'
import { type KieUpload, sendUpload, takeBase64Upload, takeStreamUpload } from './kie-uploads.ts'

export interface KieEmulator extends Emulator {
  /** The pictures and films that were uploaded. */
  readonly uploads: KieUpload[]
}

export interface KieEmulatorOptions extends EmulatorSettings {
  /** The only key that is taken. */
  apiKey?: string
  /** Signs the webhooks. */
  webhookHmacKey?: string
  /** What the account holds at the start. */
  credits?: number
}

/** What a submit asks for, whichever API it came to. */
interface Order {
  api: KieApi
  model: string
  prompt: string
  isComplete: boolean
  usd: number
}

/**
 * Kie.ai: Veo, the jobs API, Aleph, credits and both uploads, all on one server. Every refusal is a code inside an
 * answer of HTTP 200. `fail=N` makes a job fail with the code N.
 */
export async function startKieEmulator(options: KieEmulatorOptions = {}): Promise<KieEmulator> {
  const { apiKey = 'kie-test-key', webhookHmacKey, credits = 10_000 } = options
  const uploads: KieUpload[] = []
  const closing = new AbortController()

  const emulator = await startEmulator(
    'kie',
    (emulator) => async (request) => {
      const { method, url, headers } = request
      if (url.pathname.startsWith('/uploads/')) {
        sendUpload(uploads, request)
        return undefined
      }
      if (headers.authorization !== `Bearer ${apiKey}`) return kieRefusal(401)
      switch (`${method} ${url.pathname}`) {
        case 'POST /api/v1/veo/generate':
          return create(emulator, request, veoOrder(request))
        case 'POST /api/v1/jobs/createTask':
          return create(emulator, request, jobOrder(request))
        case 'POST /api/v1/aleph/generate':
          return create(emulator, request, alephOrder(request))
        case 'GET /api/v1/veo/record-info':
          return record(emulator, 'veo', url)
        case 'GET /api/v1/jobs/recordInfo':
          return record(emulator, 'jobs', url)
        case 'GET /api/v1/aleph/record-info':
          return record(emulator, 'aleph', url)
        case 'GET /api/v1/veo/get-1080p-video':
          return hdVideo(emulator, url)
        case 'GET /api/v1/chat/credit':
          return { json: { code: 200, msg: 'success', data: creditsLeft(emulator) } }
        case 'POST /api/file-stream-upload':
          return takeStreamUpload(emulator, uploads, request)
        case 'POST /api/file-base64-upload':
          return takeBase64Upload(emulator, uploads, request)
        default:
          return undefined
      }
    },
    options,
  )

  const creditsLeft = ({ jobs }: Emulator) =>
    credits - jobs.reduce((sum, job) => sum + creditsOf(job), 0)

  async function create(emulator: Emulator, { json }: EmulatorRequest, order: Order) {
    const refusal = await refusalOf(emulator, order)
    if (refusal) return refusal
    const { api, model, prompt, usd } = order
    const reference = `${api === 'veo' ? 'veo_task' : 'task'}_${randomUUID()}`
    const job = emulator.addJob({ reference, prompt, model, billedUsd: usd })
    job.details = { api, body: json, callBackUrl: json.callBackUrl }
    if (emulator.valueOf('webhook-early', prompt, 1))
      await sendWebhook(emulator, job, webhookHmacKey)
    sendWebhookWhenDone(emulator, job, webhookHmacKey, closing.signal).catch(() => undefined)
    const lost = await answerFault(emulator, prompt)
    return lost ?? { json: { code: 200, msg: 'success', data: { taskId: reference } } }
  }

  async function refusalOf(emulator: Emulator, order: Order): Promise<Answer | undefined> {
    if (!order.isComplete) return fieldMissing()
    const fault = await submitFault(emulator, order.prompt)
    if (fault) return kieRefusalOfFault(fault.refused, fault.retryAfter)
    if (emulator.strikes('kie-code', order.prompt))
      return kieRefusal(emulator.valueOf('kie-code', order.prompt, 500)!)
    return creditsLeft(emulator) < order.usd / 0.005 ? kieRefusal(402) : undefined
  }

  return Object.assign(emulator, {
    uploads,
    close: stopFirst(() => closing.abort(), emulator.close),
  })
}

function stopFirst(stop: () => void, close: () => Promise<void>) {
  return () => {
    stop()
    return close()
  }
}

function veoOrder({ json }: EmulatorRequest): Order {
  const model = json?.model ?? 'veo3_fast'
  const usd = { veo3_fast: 0.4, veo3: 2 }[String(model)] ?? 0.5
  return { api: 'veo', model, prompt: json?.prompt ?? '', isComplete: Boolean(json?.prompt), usd }
}

function jobOrder({ json }: EmulatorRequest): Order {
  const { model = '', input } = json ?? {}
  const isComplete = Boolean(model && input) && hasRequiredFields(model, input)
  return { api: 'jobs', model, prompt: input?.prompt ?? '', isComplete, usd: 0.5 }
}

function alephOrder({ json }: EmulatorRequest): Order {
  const { prompt = '', videoUrl } = json ?? {}
  const isComplete = Boolean(prompt && videoUrl)
  return { api: 'aleph', model: 'aleph', prompt, isComplete, usd: 0.5 }
}

function jobAt(emulator: Emulator, api: KieApi, url: URL): EmulatedJob | undefined {
  const reference = url.searchParams.get('taskId')
  const job = emulator.jobs.find((one) => one.reference === reference && one.details.api === api)
  return job && emulator.strikes('lost', job.prompt) ? undefined : job
}

function record(emulator: Emulator, api: KieApi, url: URL): Answer {
  const job = jobAt(emulator, api, url)
  if (!job) return kieRefusal(422, api === 'jobs' ? 'recordInfo is null' : 'record is null')
  const fault = statusFault(emulator, job.prompt)
  return fault ?? { json: { code: 200, msg: 'success', data: recordOf(emulator, job) } }
}

// How often it says "processing" before it hands out the 1080p version.
const hdLooks = 2

function hdVideo(emulator: Emulator, url: URL): Answer {
  const job = jobAt(emulator, 'veo', url)
  if (!job || stateOf(emulator, job) !== 'done') return kieRefusal(422, 'record is null')
  const looks = Number(job.details.hdLooks ?? 0)
  job.details.hdLooks = looks + 1
  if (looks < hdLooks || emulator.strikes('hd-never', job.prompt))
    return kieRefusal(
      looks % 2 === 0 ? 400 : 422,
      '1080P is processing. It should be ready in 1-2 minutes. Please check back shortly.',
    )
  const link = `${emulator.linkOf(job)}?1080p`
  if (!emulator.strikes('hd-422', job.prompt))
    return { json: { code: 200, msg: 'success', data: { resultUrl: link } } }
  const data = { taskId: job.reference, resultUrls: [link], imageUrls: [] }
  return { json: { code: 422, msg: 'The video has been generated successfully', data } }
}
