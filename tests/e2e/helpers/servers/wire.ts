import {
  type IncomingMessage,
  type RequestOptions,
  type Server,
  type ServerResponse,
  createServer,
  request as requestFrom,
} from 'node:http'
import type { AddressInfo } from 'node:net'

/** What is done to event streams: passed on, opened and left silent, or kept back until `release`. */
type StreamFate = 'pass' | 'silent' | 'hold'

/** One event stream, as it was seen on the wire. Times are milliseconds since the process began. */
export interface SeenStream {
  openedAt: number
  closedAt: number | undefined
  /** Whether it carries a file; one that only waits for news stays open. */
  hasFiles: boolean
}

/**
 * How many of the streams were open at the same moment, at the most. One that was given up lives on until that is
 * seen, so a change of hands shows two, and three where the next follows at once; a stream a tab, or a video, shows all.
 */
export function mostAtOnce(streams: readonly SeenStream[]) {
  const openAt = (moment: number) =>
    streams.filter(({ openedAt, closedAt = Infinity }) => openedAt <= moment && moment < closedAt)
  return Math.max(0, ...streams.map(({ openedAt }) => openAt(openedAt).length))
}

/**
 * A proxy between browser and server, plain HTTP/1.1 as in most self-hosted homes. It does to event streams what
 * no request interception can (open ones stay open) and sees which of them are open at any moment.
 */
export class Wire {
  readonly streams: SeenStream[] = []
  streamFate: StreamFate = 'pass'
  /** Whether cookies get through to the browser; one that refuses them is the same to the server. */
  passesCookies = true
  private readonly upstream: URL
  private readonly server: Server
  private held: (() => void)[] = []

  private constructor(upstream: string) {
    this.upstream = new URL(upstream)
    this.server = createServer((request, response) => this.carry(request, response))
  }

  static async to(upstream: string) {
    const wire = new Wire(upstream)
    await new Promise<void>((resolve) => wire.server.listen(0, resolve))
    return wire
  }

  get url() {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`
  }

  get openStreams() {
    return this.streams.filter(({ closedAt }) => closedAt === undefined).length
  }

  /** Those of them that carry a file. */
  get openFollowers() {
    return this.streams.filter(({ closedAt, hasFiles }) => hasFiles && closedAt === undefined)
      .length
  }

  /** Lets everything through that was kept back. */
  release() {
    this.streamFate = 'pass'
    for (const deliver of this.held.splice(0)) deliver()
  }

  close() {
    this.server.closeAllConnections()
    this.server.close()
  }

  private carry(request: IncomingMessage, response: ServerResponse) {
    const isStream = request.url?.startsWith('/api/v1/events/') ?? false
    if (isStream) this.see(request, response)
    if (isStream && this.streamFate === 'silent') return openSilently(response)
    const onward = requestFrom(this.target(request), (answer) => {
      if (!this.passesCookies) delete answer.headers['set-cookie']
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.flushHeaders()
      if (isStream && this.streamFate === 'hold') this.held.push(() => answer.pipe(response))
      else answer.pipe(response)
      answer.on('error', () => response.destroy())
    })
    onward.on('error', () => response.destroy())
    response.on('close', () => onward.destroy())
    request.pipe(onward)
  }

  private target({ url, method, headers }: IncomingMessage): RequestOptions {
    const { hostname, port } = this.upstream
    return { hostname, port, path: url, method, headers }
  }

  private see({ url = '' }: IncomingMessage, response: ServerResponse) {
    const hasFiles = url.includes('file.')
    const stream: SeenStream = { openedAt: performance.now(), closedAt: undefined, hasFiles }
    this.streams.push(stream)
    response.on('close', () => (stream.closedAt = performance.now()))
  }
}

function openSilently(response: ServerResponse) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
}
