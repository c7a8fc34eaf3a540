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
import type { Fault } from './faults.ts'
import { generateContent } from './pictures/google-images.ts'

const place = 'projects/[^/]+/locations/[^/]+/publishers/google/models/([^/]+)'
const route = new RegExp(`^/v1(?:beta1)?/(${place}):(\\w+)$`)

/**
 * Vertex AI as far as Veo and images go: `predictLongRunning`, `fetchPredictOperation` and
 * `generateContent`, the videos and images inside the answers.
 */
export function startVertexEmulator(settings: EmulatorSettings = {}): Promise<Emulator> {
  return startEmulator(
    'vertex',
    (emulator) => async (request) => {
      if (!request.headers.authorization?.startsWith('Bearer ')) return googleRefusal('401')
      const [, resource = '', model = '', verb] = route.exec(request.url.pathname) ?? []
      if (request.method !== 'POST') return undefined
      if (verb === 'predictLongRunning') return submit(emulator, request, resource, model)
      if (verb === 'fetchPredictOperation') return status(emulator, request)
      if (verb === 'generateContent') return generateContent(emulator, request, model)
      return undefined
    },
    settings,
  )
}

async function submit(
  emulator: Emulator,
  request: EmulatorRequest,
  resource: string,
  model: string,
) {
  const invalid = veoMistake(request.json)
  if (invalid) return googleError(400, 'INVALID_ARGUMENT', invalid)
  const { prompt } = request.json.instances[0]
  const fault = await submitFault(emulator, prompt)
  if (fault) return googleRefusal(fault.refused, fault.retryAfter)
  const job = addVeoJob(emulator, request.json, `${resource}/operations/${randomUUID()}`, model)
  return (await answerFault(emulator, prompt)) ?? { json: { name: job.reference } }
}

async function status(emulator: Emulator, { json }: EmulatorRequest): Promise<Answer> {
  const name: string | undefined = json?.operationName
  const job = emulator.jobs.find(({ reference }) => reference === name)
  if (!job) return googleError(404, 'NOT_FOUND', 'Operation not found.')
  return veoStatus(emulator, job, async (outcome) => {
    const type = 'type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse'
    if (outcome === 'withheld') return { '@type': type, ...withheld, videos: [] }
    const bytesBase64Encoded = (await emulator.bytesOf(job)).toString('base64')
    const videos = outcome === 'video' ? [{ bytesBase64Encoded, mimeType: 'video/mp4' }] : []
    return { '@type': type, raiMediaFilteredCount: 0, videos }
  })
}

/** What the safety filters of Veo leave behind. */
export const withheld = {
  raiMediaFilteredCount: 1,
  raiMediaFilteredReasons: ['17301594: Celebrity'],
}

/** What is wrong with the body of a `predictLongRunning`; undefined where nothing is. */
export function veoMistake(body: EmulatorRequest['json']): string | undefined {
  const [instance] = body?.instances ?? []
  const { durationSeconds, aspectRatio, resolution, sampleCount } = body?.parameters ?? {}
  if (typeof instance?.prompt !== 'string') return 'Text prompt is required.'
  if (![4, 6, 8].includes(durationSeconds)) return 'Unsupported output video duration.'
  if (!['16:9', '9:16'].includes(aspectRatio)) return 'Unsupported aspect ratio.'
  if (!['720p', '1080p'].includes(resolution)) return 'Unsupported resolution.'
  if (sampleCount !== 1) return 'sampleCount should be 1 here.'
  return undefined
}

/** Puts a job of Veo on the books, with its request. */
export function addVeoJob(
  emulator: Emulator,
  body: EmulatorRequest['json'],
  reference: string,
  model: string,
) {
  const rate = /fast|lite/.test(model) ? 0.15 : 0.4
  const job = emulator.addJob({
    reference,
    prompt: body.instances[0].prompt,
    model,
    billedUsd: body.parameters.durationSeconds * rate,
  })
  job.details.request = body
  return job
}

/** How a job that is done came out. */
export type Outcome = 'video' | 'withheld' | 'nothing'

/** The status of an operation of Veo; `responseOf` words its response. */
export async function veoStatus(
  emulator: Emulator,
  job: EmulatedJob,
  responseOf: (outcome: Outcome) => Promise<unknown>,
): Promise<Answer> {
  const name = job.reference
  const fault = statusFault(emulator, job.prompt)
  if (fault) return fault
  if (emulator.strikes('lost', job.prompt))
    return googleError(404, 'NOT_FOUND', 'Operation not found.')
  if (!emulator.isDone(job) || isUndone(emulator, job)) return { json: { name } }
  if (emulator.strikes('fail', job.prompt)) {
    job.billedUsd = 0
    return { json: { name, done: true, error: { code: 13, message: 'Internal error.' } } }
  }
  const outcome = outcomeOf(emulator, job)
  return { json: { name, done: true, response: await responseOf(outcome) } }
}

/** How a job that did not fail came out; a withheld video is not billed. */
export function outcomeOf(emulator: Emulator, job: EmulatedJob): Outcome {
  if (emulator.strikes('safety', job.prompt)) {
    job.billedUsd = 0
    return 'withheld'
  }
  return emulator.strikes('no-video', job.prompt) ? 'nothing' : 'video'
}

/**
 * True for the second look at a finished job whose prompt orders it: it says once more that it is
 * not done.
 */
export function isUndone(emulator: Emulator, { prompt, details }: EmulatedJob) {
  const looks = (details.looks = Number(details.looks ?? 0) + 1)
  return looks === 2 && emulator.strikes('undone', prompt)
}

type Refusal = Extract<
  Fault,
  '401' | '402' | '403' | '422' | '429' | '500' | '503' | 'policy' | 'retired'
>

const refusals: Record<Refusal, [status: number, rpc: string, message: string, reason?: string]> = {
  '401': [401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'],
  '402': [403, 'PERMISSION_DENIED', 'This API method requires billing.', 'BILLING_DISABLED'],
  '403': [403, 'PERMISSION_DENIED', 'Permission denied on resource project.'],
  '422': [400, 'INVALID_ARGUMENT', 'Unsupported output video duration.'],
  '429': [429, 'RESOURCE_EXHAUSTED', 'Resource has been exhausted (e.g. check quota).'],
  '500': [500, 'INTERNAL', 'Internal error encountered.'],
  '503': [503, 'UNAVAILABLE', 'The service is currently unavailable.'],
  policy: [
    400,
    'INVALID_ARGUMENT',
    "The prompt contains sensitive words that violate Google's Responsible AI practices.",
  ],
  retired: [404, 'NOT_FOUND', 'models/this is no longer available'],
}

/**
 * A refusal ordered by a prompt, in Google's words. `retryAfter` in seconds, for the refusals that
 * pass.
 */
export function googleRefusal(fault: Fault, retryAfter?: number): Answer {
  const [status, rpc, message, reason] = refusals[fault as Refusal]
  const answer = googleError(status, rpc, message, reason)
  const isLater = retryAfter !== undefined && (status === 429 || status === 503)
  return isLater ? { ...answer, headers: { 'retry-after': String(retryAfter) } } : answer
}

/**
 * An error of Google's: `google.rpc.Status` in an envelope, with an `ErrorInfo` where there is a
 * reason.
 */
export function googleError(code: number, status: string, message: string, reason?: string) {
  const type = 'type.googleapis.com/google.rpc.ErrorInfo'
  const details = reason ? [{ '@type': type, reason, domain: 'googleapis.com' }] : []
  return { status: code, json: { error: { code, message, status, details } } }
}
