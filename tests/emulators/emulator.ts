import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { readFile } from 'node:fs/promises'
import { tinyMp4 } from '../support/films/tiny-mp4.ts'
import { type Fault, ordersOf } from './faults.ts'
import { htmlPage } from './html-page.ts'
import { type Picture, drawPicture } from './pictures/draw-picture.ts'
import { sendAnswer } from './send-answer.ts'
import { sendMedia } from './send-media.ts'

/** A job as the emulated provider has it on its books. */
export interface EmulatedJob {
  reference: string
  prompt: string
  model: string
  /** Unix ms. */
  createdAt: number
  /** Dollars the provider would bill; 0 once it has failed. */
  billedUsd: number
  isCanceled: boolean
  /** Its prompt orders it to wait for `letGo`. */
  isHeld: boolean
  /** What comes of it, where that is an image. */
  picture?: Picture | undefined
  /** Whatever else the emulator keeps of it. */
  details: Record<string, unknown>
}

/** A request as a route gets it. */
export interface EmulatorRequest {
  method: string
  url: URL
  headers: IncomingMessage['headers']
  /** The raw body, and the same as JSON where it is some. */
  raw: Buffer
  // oxlint-disable-next-line typescript/no-explicit-any -- a stranger's JSON: each route reads what it needs
  json: any
  response: ServerResponse
}

/** Answers a request, or leaves it by answering undefined. A thrown `HangUp` resets the connection. */
export type EmulatorRoute = (request: EmulatorRequest) => Promise<Answer | undefined>

export interface Answer {
  status?: number
  headers?: Record<string, string>
  json?: unknown
  text?: string
}

/** Thrown by a route: the connection is reset without an answer. */
export class HangUp extends Error {
  override readonly name = 'HangUp'
}

/** Makes the finished video of a job, and says where it lies. */
export type FilmOf = (job: EmulatedJob) => Promise<string>

/** What can be set of every emulator. */
export interface EmulatorSettings {
  port?: number | undefined
  /** By default every job ends in the same tiny grey square. */
  filmOf?: FilmOf | undefined
}

/** A running emulator: its address, its books, and what it has been asked. */
export interface Emulator {
  readonly id: string
  readonly url: string
  readonly jobs: EmulatedJob[]
  /** Every request as `METHOD /path`, in the order they came. */
  readonly requests: string[]
  /** How often a fault has applied to a prompt; see `strikes`. */
  jobsOf(prompt: string): EmulatedJob[]
  /** True where the prompt orders the fault and its count is not used up; counts it. */
  strikes(fault: Fault, prompt: string): boolean
  /** The number behind a fault's `=`, or the default; undefined where it is not ordered. */
  valueOf(fault: Fault, prompt: string, byDefault: number): number | undefined
  addJob(
    job: Pick<EmulatedJob, 'reference' | 'prompt' | 'model' | 'billedUsd' | 'picture'>,
  ): EmulatedJob
  /** Lets the jobs of a prompt end that are held. */
  letGo(prompt: string): void
  /** Whether a job's time is over. */
  isDone(job: EmulatedJob): boolean
  /** The address of a job's finished video or image at this server. */
  linkOf(job: EmulatedJob): string
  /** Its bytes. */
  bytesOf(job: EmulatedJob): Promise<Buffer>
  /** The path of a job's finished video. */
  filmOf: FilmOf
  close(): Promise<void>
}

/**
 * A real HTTP server that speaks a provider's wire contract. It serves the finished videos (real MP4s) and images (real
 * PNGs, JPEGs and WebPs) below `/media/` with every fault of `faults.ts`, and its books at `/_emulator/jobs`.
 */
export async function startEmulator(
  id: string,
  makeRoute: (emulator: Emulator) => EmulatorRoute,
  { port = 0, filmOf = tinyMp4 }: EmulatorSettings = {},
): Promise<Emulator> {
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const emulator: Emulator = {
    id,
    url,
    jobs: [],
    requests: [],
    jobsOf: (prompt) => emulator.jobs.filter((job) => job.prompt === prompt),
    strikes(fault, prompt) {
      const order = ordersOf(id, prompt).find((one) => one.fault === fault)
      if (!order) return false
      const key = `${fault} ${prompt}`
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count <= order.times
    },
    valueOf(fault, prompt, byDefault) {
      const order = ordersOf(id, prompt).find((one) => one.fault === fault)
      return order && (order.value ?? byDefault)
    },
    addJob(job) {
      const isHeld = emulator.valueOf('held', job.prompt, 1) !== undefined
      const added = { ...job, createdAt: Date.now(), isCanceled: false, isHeld, details: {} }
      emulator.jobs.push(added)
      return added
    },
    letGo(prompt) {
      for (const job of emulator.jobsOf(prompt)) job.isHeld = false
    },
    isDone(job) {
      if (job.isHeld) return false
      if (ordersOf(id, job.prompt).some(({ fault }) => fault === 'never')) return false
      const seconds = emulator.valueOf('seconds', job.prompt, 3) ?? 0.3
      return Date.now() >= job.createdAt + seconds * 1000
    },
    filmOf,
    linkOf: ({ reference, picture }) =>
      `${url}/media/${encodeURIComponent(reference)}.${picture?.format ?? 'mp4'}`,
    bytesOf: async (job) =>
      job.picture ? drawPicture(job.picture, job.prompt) : readFile(await filmOf(job)),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const route = makeRoute(emulator)

  async function handle(request: IncomingMessage, response: ServerResponse) {
    const raw = await buffer(request)
    const asked = new URL(request.url ?? '/', url)
    emulator.requests.push(`${request.method} ${asked.pathname}`)
    if (asked.pathname === '/_emulator/jobs') return sendAnswer(response, { json: emulator.jobs })
    if (asked.pathname.startsWith('/media/')) return sendMedia(emulator, asked, response)
    const { method = 'GET', headers } = request
    try {
      const answer = await route({
        method,
        url: asked,
        headers,
        raw,
        json: parse(raw),
        response,
      })
      if (!response.headersSent)
        sendAnswer(response, answer ?? { status: 404, json: { message: 'no such route' } })
    } catch (error) {
      if (error instanceof HangUp) response.socket?.resetAndDestroy()
      else throw error
    }
  }
  return emulator
}

function parse(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString())
  } catch {
    return undefined
  }
}

/** Does what the prompt orders for a submit before any job is made; answers what refuses it, if anything does. */
export async function submitFault(
  emulator: Emulator,
  prompt: string,
): Promise<{ refused: Fault; retryAfter: number | undefined } | undefined> {
  const seconds = emulator.valueOf('slow', prompt, 5)
  if (seconds) await sleep(seconds * 1000)
  if (emulator.strikes('reset', prompt)) throw new HangUp()
  const refusals = ['401', '402', '403', '422', '429', '500', '503', 'policy', 'retired'] as const
  const refused = refusals.find((fault) => emulator.strikes(fault, prompt))
  return refused && { refused, retryAfter: emulator.valueOf(refused, prompt, 1) }
}

/** Does what the prompt orders once the job is made; undefined where the answer goes out as it should. */
export async function answerFault(emulator: Emulator, prompt: string): Promise<Answer | undefined> {
  if (emulator.strikes('reset-after', prompt)) throw new HangUp()
  if (emulator.strikes('hang-after', prompt)) await new Promise(() => {})
  if (emulator.strikes('500-after', prompt))
    return { status: 500, json: { message: 'internal error' } }
  if (emulator.strikes('html-after', prompt)) return { status: 502, text: htmlPage }
  return undefined
}

// Every provider finds the form of its own errors in it.
const forbidden = {
  code: 403,
  msg: 'forbidden',
  detail: 'forbidden',
  error: { code: 403, message: 'forbidden' },
}

/** Does what the prompt orders for a look at the job; undefined where the truth is told. */
export function statusFault(emulator: Emulator, prompt: string): Answer | undefined {
  if (emulator.strikes('status-500', prompt)) return { status: 500, json: { message: 'oops' } }
  if (emulator.strikes('status-403', prompt)) return { status: 403, json: forbidden }
  if (emulator.strikes('status-html', prompt)) return { text: htmlPage }
  if (emulator.strikes('status-429', prompt))
    return { status: 429, headers: { 'retry-after': '1' }, json: { message: 'slow down' } }
  return undefined
}
