import { randomUUID } from 'node:crypto'
import { catalogue } from '#lib/ai/models/catalogue'
import { workModels } from '#lib/ai/models/work-models'
import { priceMicros, usdOf } from '#lib/contract/money'
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
} from '../emulator.ts'
import { sendWebhook, sendWebhookWhenDone } from './kie-webhooks.ts'
import { type KieApi, creditsOf, recordOf, stateOf } from './kie-records.ts'
import { fieldMissing, kieRefusal, kieRefusalOfFault } from './kie-refusals.ts'
import { hasRequiredFields } from './kie-required-fields.ts'
import { fourKVideo, hdVideo } from './kie-work.ts'
import { kiePicture, kiePictureUsd } from '../pictures/kie-pictures.ts'
import type { Picture } from '../pictures/draw-picture.ts'
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
  picture?: Picture | undefined
}

/**
 * Kie.ai: Veo with its extensions and larger versions, the jobs API, Aleph, credits and both uploads, all on one server. Every refusal is a code inside an
 * answer of HTTP 200. It bills by the price of each model; `bill=N` bills N cents instead. `fail=N` makes a job fail with
 * the code N.
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
          return hdVideo(emulator, jobAt(emulator, 'veo', url.searchParams.get('taskId')))
        case 'POST /api/v1/veo/get-4k-video':
          return fourKVideo(
            emulator,
            jobAt(emulator, 'veo', request.json?.taskId),
            (usd) => creditsLeft(emulator) >= usd / 0.005,
          )
        case 'POST /api/v1/veo/extend':
          return extend(emulator, request)
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
    const { api, model, prompt, picture } = order
    const cents = emulator.valueOf('bill', prompt, 100)
    const usd = cents === undefined ? order.usd : cents / 100
    const reference = `${api === 'veo' ? 'veo_task' : 'task'}_${randomUUID()}`
    const job = emulator.addJob({ reference, prompt, model, billedUsd: usd, picture })
    job.details = { api, body: json, callBackUrl: json.callBackUrl }
    if (emulator.valueOf('webhook-early', prompt, 1))
      await sendWebhook(emulator, job, webhookHmacKey)
    sendWebhookWhenDone(emulator, job, webhookHmacKey, closing.signal).catch(() => undefined)
    const lost = await answerFault(emulator, prompt)
    return lost ?? { json: { code: 200, msg: 'success', data: { taskId: reference } } }
  }

  /** More of a task that has succeeded here; its prompt is its own. */
  async function extend(emulator: Emulator, request: EmulatorRequest) {
    const { json } = request
    const before = jobAt(emulator, 'veo', json?.taskId)
    const isDone = before !== undefined && stateOf(emulator, before) === 'done'
    if (json?.prompt && !isDone) return kieRefusal(422, 'record is null')
    const model = `veo/extend-${json?.model ?? 'fast'}`
    const { prompt = '', model: lane } = json ?? {}
    const isComplete = Boolean(prompt && ['fast', 'quality'].includes(lane))
    return create(emulator, request, {
      api: 'veo',
      model,
      prompt,
      isComplete,
      usd: priceOf(model, 0),
    })
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
  const { prompt = '' } = json ?? {}
  return { api: 'veo', model, prompt, isComplete: Boolean(prompt), usd: priceOf(model, 0) }
}

function jobOrder({ json }: EmulatorRequest): Order {
  const { model = '', input } = json ?? {}
  const isComplete = Boolean(model && input) && hasRequiredFields(model, input)
  const seconds = Number(input?.duration ?? input?.n_frames ?? 0)
  const picture = kiePicture(model, input)
  const usd = picture ? kiePictureUsd(model, input) : priceOf(model, seconds)
  return { api: 'jobs', model, prompt: input?.prompt ?? '', isComplete, usd, picture }
}

function alephOrder({ json }: EmulatorRequest): Order {
  const { prompt = '', videoUrl } = json ?? {}
  const isComplete = Boolean(prompt && videoUrl)
  return { api: 'aleph', model: 'aleph', prompt, isComplete, usd: priceOf('runway-aleph', 0) }
}

const prices = new Map(
  [...catalogue, ...workModels]
    .flatMap(({ routes }) => routes)
    .filter(({ provider }) => provider === 'kie')
    .map(({ model, price }) => [model, price]),
)
const unknownUsd = 0.5

/** What a video of so many seconds costs with a model, in dollars; of a model that has no price here, half a dollar. */
function priceOf(model: string, seconds: number) {
  const price = prices.get(model)
  return price ? usdOf(priceMicros(price, seconds)) : unknownUsd
}

function jobAt(
  emulator: Emulator,
  api: KieApi,
  reference: string | null | undefined,
): EmulatedJob | undefined {
  const job = emulator.jobs.find((one) => one.reference === reference && one.details.api === api)
  return job && emulator.strikes('lost', job.prompt) ? undefined : job
}

function record(emulator: Emulator, api: KieApi, url: URL): Answer {
  const job = jobAt(emulator, api, url.searchParams.get('taskId'))
  if (!job) return kieRefusal(422, api === 'jobs' ? 'recordInfo is null' : 'record is null')
  const fault = statusFault(emulator, job.prompt)
  return fault ?? { json: { code: 200, msg: 'success', data: recordOf(emulator, job) } }
}
