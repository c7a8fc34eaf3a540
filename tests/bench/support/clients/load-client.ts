import { type Socket, connect } from 'node:net'
import { answer } from '../answer.ts'
import { now } from '../clock.ts'
import { responseReader } from './response-reader.ts'

// Asks the same thing again and again over a few kept connections, each one request at a time. Raw sockets, so that
// the asking costs less than the fastest answer.

export interface LoadInput {
  port: number
  /** What is asked, one for each connection. */
  requests: { path: string; headers: Record<string, string> }[]
  /** The status every answer must have. */
  status: number
  durationMs: number
}

answer({
  /** Answers a second. Rejects at the first answer of another status. */
  async load(input: LoadInput) {
    const begin = now()
    const end = begin + input.durationMs
    const counts = await Promise.all(input.requests.map((request) => askUntil(end, request, input)))
    const answered = counts.reduce((sum, count) => sum + count, 0)
    return (answered * 1000) / (now() - begin)
  },
})

function askUntil(
  end: number,
  { path, headers }: LoadInput['requests'][number],
  { port, status }: LoadInput,
) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const head = `GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n${lines.join('')}\r\n`
  const request = Buffer.from(head)
  return new Promise<number>((resolve, reject) => {
    let answered = 0
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(request))
    const read = responseReader((got) => {
      if (got !== status) {
        socket.destroy(new Error(`${path} answered ${got}, not ${status}`))
        return
      }
      answered++
      if (now() < end) socket.write(request)
      else socket.end(() => resolve(answered))
    })
    socket.setNoDelay()
    socket.on('data', read)
    socket.once('error', reject)
  })
}
