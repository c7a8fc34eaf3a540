import { type EventEmitter, once } from 'node:events'
import { type OutgoingHttpHeaders, STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Outlet, PushSource } from '../../events/push-stream.ts'

const chunkEnd = Buffer.from('\r\n')
const lastChunk = Buffer.from('0\r\n\r\n')

/**
 * Sends what a source pushes, under the headers of a response that has sent nothing yet, straight to the socket. Node
 * would keep the text and the list of the headers as long as the stream is open: 3 KB for each of thousands. The
 * connection is the stream's to its end.
 *
 * Head and chunks as RFC 9112 has them (7.1); a client of HTTP/1.0 knows no chunks, and reads until the connection ends.
 */
export async function streamRaw(source: PushSource, status: number, response: ServerResponse) {
  const { socket, httpVersionMinor } = response.req
  if (!(await isOurs(socket, response))) return source.close()
  const isChunked = httpVersionMinor > 0
  socket.once('close', () => source.close())
  // The head and what there is to say at once are one piece.
  socket.cork()
  socket.write(headOf(status, response.getHeaders(), isChunked))
  forgetHeads(response)
  try {
    source.flowTo(new SocketOutlet(socket, isChunked))
    socket.uncork()
  } catch (error) {
    // The head may be on its way: no other answer must come behind it.
    socket.destroy()
    throw error
  }
}

/** Nothing reads them any more, and Node keeps both as long as the connection is open. */
function forgetHeads(response: ServerResponse) {
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  response.req.headers = {}
  response.req.rawHeaders = []
}

/** Waits until the answers to earlier requests of the connection are sent. Not so where it is gone by then. */
async function isOurs(socket: Socket, response: ServerResponse) {
  if (response.socket || socket.destroyed) return !socket.destroyed
  // A connection that breaks says so by an error, and is destroyed then, too.
  await firstOf([response, 'socket'], [socket, 'close']).catch(() => {})
  return !socket.destroyed
}

/** Waits for the first of these events, and leaves no listener behind. */
export async function firstOf(...events: [EventEmitter, name: string][]) {
  const settled = new AbortController()
  const { signal } = settled
  const any = events.map(([emitter, name]) => once(emitter, name, { signal }))
  await Promise.race(any).finally(() => settled.abort())
}

function headOf(status: number, headers: OutgoingHttpHeaders, isChunked: boolean) {
  const framing = isChunked ? { 'transfer-encoding': 'chunked' } : {}
  const all = { ...headers, date: new Date().toUTCString(), connection: 'close', ...framing }
  const lines = Object.entries(all).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  )
  return Buffer.from(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n`,
    'latin1',
  )
}

class SocketOutlet implements Outlet {
  private readonly socket: Socket
  private readonly isChunked: boolean

  constructor(socket: Socket, isChunked: boolean) {
    this.socket = socket
    this.isChunked = isChunked
  }

  get backlogBytes() {
    return this.socket.writableLength
  }

  push(bytes: Uint8Array) {
    this.socket.write(this.isChunked ? chunkOf(bytes) : bytes)
  }

  end() {
    if (this.isChunked) this.socket.write(lastChunk)
    this.socket.destroySoon()
  }

  /** Half an answer must not look like a whole one. */
  fail() {
    this.socket.destroy()
  }
}

function chunkOf(bytes: Uint8Array) {
  const length = Buffer.from(`${bytes.byteLength.toString(16)}\r\n`, 'latin1')
  return Buffer.concat([length, bytes, chunkEnd])
}
