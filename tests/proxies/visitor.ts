import {
  type ClientRequest,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  Agent,
  request,
} from 'node:http'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: Buffer
}

interface Asked {
  method?: string
  headers?: OutgoingHttpHeaders
  body?: Buffer | object
  /** Sends the body no faster than this. */
  bytesPerSecond?: number
}

/** A client with one cookie jar and connections that stay open, at one proxy. */
export class Visitor {
  readonly base: string
  cookie = ''
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 4 })

  /** `base` is the proxy's address with the base path. */
  constructor(base: string) {
    this.base = base
  }

  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const response = await this.open(path, asked)
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await buffer(response),
    }
  }

  async json(path: string, asked: Asked = {}) {
    const { status, body } = await this.ask(path, asked)
    if (status >= 300) throw new Error(`${path}: ${status} ${body.toString().slice(0, 200)}`)
    return JSON.parse(body.toString()) as Record<string, unknown>
  }

  /** The answer as soon as its head is there. Like a browser, it sends again where an idle connection was closed. */
  async open(path: string, asked: Asked = {}): Promise<IncomingMessage> {
    const sent = this.request(path, asked)
    // A connection that breaks later fails the reading of its answer.
    sent.on('error', () => {})
    try {
      return await this.answer(sent, asked)
    } catch (error) {
      if (sent.reusedSocket) return this.open(path, asked)
      throw error
    }
  }

  private request(path: string, { method, headers, body }: Asked) {
    const isRaw = Buffer.isBuffer(body)
    return request(new URL(this.base + path), {
      agent: this.agent,
      method: method ?? (body ? 'POST' : 'GET'),
      headers: {
        ...(this.cookie && { cookie: this.cookie }),
        ...(body && { 'content-length': bytesOf(body).length }),
        ...(body && !isRaw && { 'content-type': 'application/json' }),
        ...headers,
      },
    })
  }

  private async answer(sent: ClientRequest, { body, bytesPerSecond }: Asked) {
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>
    // Handled below, once the body is out.
    answered.catch(() => {})
    const bytes = bytesOf(body)
    if (bytesPerSecond) await pour(sent, bytes, bytesPerSecond)
    sent.end(bytesPerSecond ? undefined : bytes)
    const [response] = await answered
    const given = response.headers['set-cookie']?.[0]?.split(';')[0]
    if (given) this.cookie = given
    return response
  }

  close() {
    this.agent.destroy()
  }
}

function bytesOf(body: Asked['body']) {
  return Buffer.isBuffer(body) ? body : Buffer.from(body ? JSON.stringify(body) : '')
}

async function pour(sent: ClientRequest, bytes: Buffer, bytesPerSecond: number) {
  const step = Math.ceil(bytesPerSecond / 4)
  for (let start = 0; start < bytes.length && !sent.destroyed; start += step) {
    sent.write(bytes.subarray(start, start + step))
    await sleep(250)
  }
}
