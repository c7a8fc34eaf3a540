import { once } from 'node:events'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
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
export async function streamRaw(source: PushSource, response: ServerResponse) {
  const { socket, httpVersionMinor } = response.req
  if (!(await isOurs(socket, response))) return source.close()
  const isChunked = httpVersionMinor > 0
  socket.once('close', () => source.close())
  // The head and what there is to say at once are one piece.
  socket.cork()
  socket.write(Buffer.from(headOf(response.getHeaders(), isChunked), 'latin1'))
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
  const settled = new AbortController()
  const { signal } = settled
  const either = [once(response, 'socket', { signal }), once(socket, 'close', { signal })]
  await Promise.race(either).finally(() => settled.abort())
  return !socket.destroyed
}

function headOf(headers: OutgoingHttpHeaders, isChunked: boolean) {
  const framing = isChunked ? { 'transfer-encoding': 'chunked' } : {}
  const all = { ...headers, date: new Date().toUTCString(), connection: 'close', ...framing }
  const lines = Object.entries(all).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}\r\n`),
  )
  return `HTTP/1.1 200 OK\r\n${lines.join('')}\r\n`
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
    const length = Buffer.from(`${bytes.byteLength.toString(16)}\r\n`, 'latin1')
    this.socket.write(this.isChunked ? Buffer.concat([length, bytes, chunkEnd]) : bytes)
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
