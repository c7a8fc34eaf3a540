import type { IncomingMessage, Server } from 'node:http'
import type { Socket } from 'node:net'
import { log } from '../../log.ts'

/** In each span of `silenceMs` a body has to bring this much, or its end. */
export interface Silence {
  silenceMs: number
  leastBytes: number
}

// The slowest phone line brings 2 KB a second: 10 MB may take hours, and a body that drips does not count as coming.
const usual: Silence = { silenceMs: 30_000, leastBytes: 4_096 }

/**
 * Closes the connection of a request whose body falls silent, however long the whole of it takes. A body that waits for
 * us to read on is not silent.
 */
export function endSilence(request: IncomingMessage, { silenceMs, leastBytes }: Silence = usual) {
  const { headers, socket } = request
  if (!headers['content-length'] && !headers['transfer-encoding']) return
  let before = socket.bytesRead
  const timer = setInterval(() => {
    if (request.complete) return clearInterval(timer)
    const isOurTurn = request.readableLength >= request.readableHighWaterMark
    if (!isOurTurn && socket.bytesRead - before < leastBytes) {
      log().info({ url: request.url, bytes: socket.bytesRead }, 'a body fell silent')
      request.destroy()
    }
    before = socket.bytesRead
  }, silenceMs)
  timer.unref()
  request.once('close', () => clearInterval(timer))
}

// A browser that holds a film on pause goes on with a range later.
const deafMs = 120_000

/**
 * Closes each connection of a server whose client takes nothing, for so long, of an answer that waits for it. One timer
 * for all: thousands of streams are open at once.
 */
export function endDeafness(server: Server, spanMs = deafMs) {
  const written = new Map<Socket, number>()
  const look = () => {
    for (const [socket, before] of written) {
      if (socket.writableLength > 0 && socket.bytesWritten === before) {
        log().info({ bytes: before }, 'a client takes nothing of its answer')
        socket.destroy()
      }
      written.set(socket, socket.bytesWritten)
    }
  }
  const timer = setInterval(look, spanMs)
  timer.unref()
  server.on('connection', (socket) => {
    written.set(socket, -1)
    socket.on('close', () => written.delete(socket))
  })
  server.once('close', () => clearInterval(timer))
}
