import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AspectRatio, imageRatios } from '#lib/contract/model-view'
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
import { htmlPage } from './html-page.ts'
import type { Picture } from './pictures/draw-picture.ts'

/** A picture that was uploaded. */
export interface SuperDuperAiUpload {
  id: string
  fileName: string
  contentType: string
  bytes: Uint8Array
}

export interface SuperDuperAiEmulator extends Emulator {
  readonly uploads: SuperDuperAiUpload[]
}

export interface SuperDuperAiEmulatorOptions extends EmulatorSettings {
  /** The only token that is taken. */
  token?: string
  /** What the list of models answers; requests for others are refused. */
  models?: { name: string; type: string; params?: unknown }[]
}

interface Reference {
  reference_id: string
}

interface Config {
  generation_config_name?: string
  prompt?: string
  width?: number
  height?: number
  references?: Reference[]
}

const usdPerSecond = 0.4
const usdPerImage = 1

/** Its images come as WebP, in the ratio that its pixels are nearest to. */
function pictureOf({ width = 1, height = 1 }: Config): Picture {
  const distance = (ratio: AspectRatio) => {
    const [across, down] = ratio.split(':').map(Number)
    return Math.abs(Math.log(width / height) - Math.log(across! / down!))
  }
  const ratios = imageRatios.filter((one) => one !== 'custom')
  const [ratio = '1:1'] = ratios.toSorted((a, b) => distance(a) - distance(b))
  return { ratio, format: 'webp' }
}

const usualModels = [
  {
    name: 'comfyui/ltx',
    type: 'image_to_video',
    params: { price_per_second: 0.4, available_durations: [5, 10], vip_required: false },
  },
  {
    name: 'google-cloud/veo3-text2video',
    type: 'text_to_video',
    params: { price_per_second: 3, available_durations: [5, 8], vip_required: true },
  },
  { name: 'google-cloud/veo2-text2video', type: 'text_to_video', params: { price: 2 } },
  { name: 'azure-openai/sora', type: 'text_to_video', params: null },
  { name: 'comfyui/flux', type: 'text_to_image', params: { price: 1 } },
]

/** SuperDuperAI: generations, files, uploads, models, and the event stream of a file. A second costs $0.40, an image $1. */
export async function startSuperDuperAiEmulator({
  token = 'superduperai-test-token',
  models = usualModels,
  ...settings
}: SuperDuperAiEmulatorOptions = {}): Promise<SuperDuperAiEmulator> {
  const uploads: SuperDuperAiUpload[] = []
  const emulator = await startEmulator(
    'superduperai',
    (emulator) => (request) => {
      const { method, url, headers } = request
      const [, path = ''] = /^\/api\/v1(\/.*)$/.exec(url.pathname) ?? []
      if (headers.authorization !== `Bearer ${token}`) return refusal(401, 'Not authenticated')
      const [, id = ''] = /^\/file\/([^/]+)$/.exec(path) ?? []
      const [, channel = ''] = /^\/events\/(.+)$/.exec(path) ?? []
      if (method === 'POST' && path === '/file/generate-video')
        return generate(emulator, request, 'video')
      if (method === 'POST' && path === '/file/generate-image')
        return generate(emulator, request, 'image')
      if (method === 'POST' && path === '/file/upload') return takeUpload(uploads, request)
      if (method === 'GET' && path === '/generation-config') return listModels(url)
      if (method === 'GET' && id) return read(emulator, decodeURIComponent(id))
      if (method === 'GET' && channel) return stream(emulator, decodeURIComponent(channel), request)
      return refusal(404, 'Not Found')
    },
    settings,
  )

  async function generate(
    emulator: Emulator,
    { json }: EmulatorRequest,
    kind: 'video' | 'image',
  ): Promise<Answer> {
    const { prompt = '', generation_config_name: model, seed, duration = 5 } = json?.config ?? {}
    const refused = await refusalOf(emulator, json?.config, kind)
    if (refused) return refused
    const billedUsd = kind === 'image' ? usdPerImage : usdPerSecond * duration
    const picture = kind === 'image' ? pictureOf(json.config) : undefined
    const job = emulator.addJob({ reference: randomUUID(), prompt, model, billedUsd, picture })
    job.details = { seed, config: json.config }
    const lost = await answerFault(emulator, prompt)
    const file = accepted(emulator, job)
    return lost ?? { json: picture ? [file] : file }
  }

  async function refusalOf(
    emulator: Emulator,
    config: Config | undefined,
    kind: 'video' | 'image',
  ): Promise<Answer | undefined> {
    if (!config?.generation_config_name)
      return invalid('config.generation_config_name', 'Field required')
    if (kind === 'image' && !(Number(config.width) >= 256 && Number(config.height) >= 256))
      return invalid('config.width', 'Input should be greater than or equal to 256')
    const { prompt = '', references = [] } = config
    const fault = await submitFault(emulator, prompt)
    if (fault) return refusalOfFault(fault.refused, fault.retryAfter)
    if (emulator.strikes('409', prompt)) return refusal(409, 'A file with this seed exists')
    if (!models.some(({ name }) => name === config.generation_config_name))
      return refusal(404, 'Generation config not found')
    const isKnown = (reference: Reference) =>
      uploads.some(({ id }) => id === reference.reference_id)
    return references.every(isKnown)
      ? undefined
      : invalid('config.references', 'Reference not found')
  }

  async function listModels({ searchParams }: URL): Promise<Answer> {
    const limit = Number(searchParams.get('limit') ?? 50)
    const offset = Number(searchParams.get('offset') ?? 0)
    if (limit > 100) return invalid('limit', 'Input should be less than or equal to 100')
    const type = searchParams.get('type')
    const all = models.filter((model) => type === null || model.type === type)
    return { json: { items: all.slice(offset, offset + limit), total: all.length, limit, offset } }
  }

  return Object.assign(emulator, { uploads })
}

async function refusal(status: number, detail: string): Promise<Answer> {
  return { status, json: { detail } }
}

async function invalid(field: string, message: string): Promise<Answer> {
  return { status: 422, json: { detail: 'Validation Error', errors: [{ field, message }] } }
}

async function refusalOfFault(fault: Fault, retryAfter = 1): Promise<Answer> {
  if (fault === 'policy') return refusal(400, 'The prompt was rejected by moderation')
  if (fault === 'retired') return refusal(404, 'Generation config not found')
  if (fault === '402') return refusal(402, 'balance')
  const headers = { 'retry-after': String(retryAfter) }
  const isPassing = fault === '429' || fault === '503'
  return { ...(await refusal(Number(fault), 'refused')), ...(isPassing && { headers }) }
}

async function takeUpload(
  uploads: SuperDuperAiUpload[],
  { raw, headers }: EmulatorRequest,
): Promise<Answer> {
  const head = { 'content-type': headers['content-type'] ?? '' }
  const form = await new Response(new Uint8Array(raw), { headers: head }).formData()
  const file = form.get('payload')
  if (!(file instanceof File)) return invalid('payload', 'Field required')
  const id = randomUUID()
  const bytes = new Uint8Array(await file.arrayBuffer())
  uploads.push({ id, fileName: file.name, contentType: file.type, bytes })
  return { json: { id, url: null, thumbnail_url: null, type: 'image', tasks: [] } }
}

function accepted(emulator: Emulator, job: EmulatedJob) {
  const generation = emulator.valueOf('accepted-old', job.prompt, 1)
  if (generation === 2) return { data: [{ id: job.reference }] }
  if (generation === 1) return { data: [{ value: { file_id: job.reference } }] }
  return fileOf(emulator, job, 'in_progress')
}

async function read(emulator: Emulator, id: string): Promise<Answer> {
  const job = emulator.jobs.find(({ reference }) => reference === id)
  if (!job || emulator.strikes('lost', job.prompt)) return refusal(404, 'File not found')
  return (
    statusFault(emulator, job.prompt) ?? { json: fileOf(emulator, job, stateOf(emulator, job)) }
  )
}

type State = 'in_progress' | 'completed' | 'error'

function stateOf(emulator: Emulator, job: EmulatedJob): State {
  if (!emulator.isDone(job)) return 'in_progress'
  if (emulator.strikes('fail', job.prompt) || emulator.strikes('safety', job.prompt)) {
    job.billedUsd = 0
    return 'error'
  }
  const isSecondLook = job.details.wasSeenDone === true
  job.details.wasSeenDone = true
  return isSecondLook && emulator.strikes('undone', job.prompt) ? 'in_progress' : 'completed'
}

function fileOf(emulator: Emulator, job: EmulatedJob, status: State) {
  const hasVideo = status === 'completed' && !emulator.strikes('no-video', job.prompt)
  const file_id = job.reference
  const kind = job.picture ? 'image' : 'video'
  return {
    id: file_id,
    url: hasVideo ? emulator.linkOf(job) : null,
    thumbnail_url: null,
    type: kind,
    duration: null,
    [`${kind}_generation`]: { prompt: job.prompt },
    tasks: [
      { type: `${kind}-generation-flow`, status, id: `task-${file_id}`, file_id, project_id: null },
    ],
  }
}

/** Progress every 50 ms, between what else comes by, then the result. Replays nothing of what was before. */
async function stream(
  emulator: Emulator,
  channel: string,
  { response }: EmulatorRequest,
): Promise<Answer | undefined> {
  const job = emulator.jobs.find(({ reference }) => `file.${reference}` === channel)
  if (job && emulator.strikes('sse-524', job.prompt)) return { status: 524, text: htmlPage }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(': connected\n\n')
  const send: Send = (type, object) =>
    response.write(`data: ${JSON.stringify({ type, object })}\n\n`)
  send('data', { greeting: 'ü' })
  if (job) await tellOf(emulator, job, send, response)
  response.end()
  return undefined
}

type Send = (type: string, object: unknown) => void

async function tellOf(emulator: Emulator, job: EmulatedJob, send: Send, response: ServerResponse) {
  const isCut = emulator.strikes('sse-cut', job.prompt)
  for (let progress = 0; !emulator.isDone(job); progress += 20) {
    send('render_progress', { progress: Math.min(progress, 99.5) })
    await sleep(50)
    if (isCut) response.destroy()
    if (response.closed) return
  }
  const state = stateOf(emulator, job)
  const file = fileOf(emulator, job, state)
  send('task', file.tasks[0])
  if (state !== 'completed') return
  send('render_result', { url: file.url })
  send('file', file)
}
