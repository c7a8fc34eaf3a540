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
import { generateContent } from './pictures/google-images.ts'
import {
  addVeoJob,
  googleError,
  googleRefusal,
  isUndone,
  outcomeOf,
  veoMistake,
  veoStatus,
  withheld,
} from './vertex-emulator.ts'

/** The key the emulator takes where it is told none. */
export const geminiEmulatorKey = 'gemini-emulator-key'

/**
 * The Gemini API as far as videos and images go: Interactions, `predictLongRunning`,
 * `generateContent`, and the download of files.
 */
export function startGeminiEmulator({
  apiKey = geminiEmulatorKey,
  ...settings
}: EmulatorSettings & { apiKey?: string } = {}): Promise<Emulator> {
  return startEmulator(
    'gemini',
    (emulator) => async (request) => {
      const key = request.headers['x-goog-api-key']
      if (!key)
        return googleError(
          403,
          'PERMISSION_DENIED',
          'Method has no API key to identify its caller.',
        )
      if (key !== apiKey)
        return googleError(400, 'INVALID_ARGUMENT', 'API key not valid.', 'API_KEY_INVALID')
      return route(emulator, request)
    },
    settings,
  )
}

async function route(emulator: Emulator, request: EmulatorRequest): Promise<Answer | undefined> {
  const path = request.url.pathname.replace(/^\/v1(beta)?\//, '')
  const call = `${request.method} ${path}`
  if (call === 'GET models') return { json: { models: [{ name: 'models/gemini-omni-1.1-flash' }] } }
  if (call === 'POST interactions') return createInteraction(emulator, request)
  const imageModel = /^POST models\/([^/]+):generateContent$/.exec(call)?.[1]
  if (imageModel) return generateContent(emulator, request, imageModel)
  const model = /^POST models\/([^/]+):predictLongRunning$/.exec(call)?.[1]
  if (model) return startVeo(emulator, request, model)
  const job = emulator.jobs.find((one) => path.includes(idOf(one)))
  if (!job) return googleError(404, 'NOT_FOUND', 'Requested entity was not found.')
  if (call === `GET interactions/${job.reference}`) return interactionStatus(emulator, job)
  if (call === `POST interactions/${job.reference}/cancel`) return cancel(emulator, job)
  if (call === `GET ${job.reference}`) return veoStatus(emulator, job, responseOf(emulator, job))
  // As at Google, the link to a file leads on to where its bytes are.
  if (call === `GET files/${idOf(job)}:download`)
    return { status: 302, headers: { location: emulator.linkOf(job) } }
  return undefined
}

/** The last part of an interaction's id or an operation's name; its video has the same. */
function idOf({ reference }: EmulatedJob) {
  return reference.split('/').at(-1)!
}

function fileOf(emulator: Emulator, job: EmulatedJob) {
  return `${emulator.url}/v1beta/files/${idOf(job)}:download?alt=media`
}

async function startVeo(emulator: Emulator, request: EmulatorRequest, model: string) {
  const invalid = veoMistake(request.json)
  if (invalid) return googleError(400, 'INVALID_ARGUMENT', invalid)
  const { prompt } = request.json.instances[0]
  const fault = await submitFault(emulator, prompt)
  if (fault) return googleRefusal(fault.refused, fault.retryAfter)
  const name = `models/${model}/operations/${randomUUID()}`
  addVeoJob(emulator, request.json, name, model)
  return (await answerFault(emulator, prompt)) ?? { json: { name } }
}

function responseOf(emulator: Emulator, job: EmulatedJob) {
  return async (outcome: ReturnType<typeof outcomeOf>) => {
    if (outcome === 'withheld') return { generateVideoResponse: withheld }
    const generatedSamples = outcome === 'video' ? [{ video: { uri: fileOf(emulator, job) } }] : []
    return { generateVideoResponse: { generatedSamples } }
  }
}

async function createInteraction(emulator: Emulator, { json }: EmulatorRequest) {
  const invalid = omniMistake(json)
  if (invalid) return googleError(400, 'INVALID_ARGUMENT', invalid)
  const before = json.previous_interaction_id
  if (before !== undefined && !isDone(emulator, before))
    return googleError(404, 'NOT_FOUND', 'The previous interaction was not found.')
  const prompt = promptOf(json)!
  const fault = await submitFault(emulator, prompt)
  if (fault) return googleRefusal(fault.refused, fault.retryAfter)
  const job = emulator.addJob({
    reference: `v1_${randomUUID()}`,
    prompt,
    model: json.model,
    billedUsd: Number.parseInt(json.response_format.duration, 10) * 0.1,
  })
  job.details.request = json
  const accepted = { json: interaction(job, 'queued') }
  return (await answerFault(emulator, prompt)) ?? accepted
}

/** Only an interaction that has come to its video can be gone on from. */
function isDone(emulator: Emulator, reference: string) {
  const job = emulator.jobs.find((one) => one.reference === reference)
  return job !== undefined && !job.isCanceled && emulator.isDone(job)
}

function omniMistake(body: EmulatorRequest['json']): string | undefined {
  const { type, aspect_ratio, resolution, duration, delivery } = body?.response_format ?? {}
  if (!promptOf(body)) return 'input is required.'
  if (body.background !== true) return 'Videos are made in the background here.'
  if (type !== 'video' || !['inline', 'uri'].includes(delivery)) return 'Not a format of videos.'
  if (!['16:9', '9:16'].includes(aspect_ratio)) return 'Unsupported aspect ratio.'
  if (!['360p', '720p', '1080p', '4k'].includes(resolution)) return 'Unsupported resolution.'
  if (!/^\d+s$/.test(duration)) return 'Unsupported duration.'
  const isExtension = body.generation_config?.video_config?.task === 'extend'
  if (isExtension !== 'previous_interaction_id' in body) return 'No video to extend.'
  if (isExtension && Number.parseInt(duration, 10) > 10) return 'Unsupported duration.'
  return undefined
}

function promptOf(body: EmulatorRequest['json']): string | undefined {
  if (typeof body?.input === 'string') return body.input
  return body?.input?.find((part: { type?: string }) => part.type === 'text')?.text
}

async function interactionStatus(emulator: Emulator, job: EmulatedJob): Promise<Answer> {
  const fault = statusFault(emulator, job.prompt)
  if (fault) return fault
  if (emulator.strikes('lost', job.prompt))
    return googleError(404, 'NOT_FOUND', 'Requested entity was not found.')
  if (job.isCanceled) return { json: interaction(job, 'cancelled') }
  if (!emulator.isDone(job) || isUndone(emulator, job))
    return { json: interaction(job, 'in_progress') }
  if (emulator.strikes('fail', job.prompt)) return failed(job, 'Internal error.')
  const outcome = outcomeOf(emulator, job)
  if (outcome === 'withheld') return failed(job, 'The video was blocked by the safety filters.')
  const content = outcome === 'video' ? [await videoOf(emulator, job)] : []
  return { json: interaction(job, 'completed', { steps: [{ type: 'model_output', content }] }) }
}

async function videoOf(emulator: Emulator, job: EmulatedJob) {
  const { response_format } = job.details.request as EmulatorRequest['json']
  const video = { type: 'video', mime_type: 'video/mp4' }
  return response_format.delivery === 'uri'
    ? { ...video, uri: fileOf(emulator, job) }
    : { ...video, data: (await emulator.bytesOf(job)).toString('base64') }
}

function failed(job: EmulatedJob, message: string) {
  job.billedUsd = 0
  return { json: interaction(job, 'failed', { errors: [{ message }] }) }
}

async function cancel(emulator: Emulator, job: EmulatedJob) {
  if (emulator.isDone(job))
    return googleError(400, 'FAILED_PRECONDITION', 'The interaction is not running.')
  job.isCanceled = true
  job.billedUsd = 0
  return { json: interaction(job, 'cancelled') }
}

function interaction(job: EmulatedJob, status: string, more: object = {}) {
  const created = new Date(job.createdAt).toISOString()
  return { id: job.reference, object: 'interaction', model: job.model, status, created, ...more }
}
