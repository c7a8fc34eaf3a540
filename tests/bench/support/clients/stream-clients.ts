import { once } from 'node:events'
import { connect } from 'node:net'
import { answer } from '../answer.ts'
import { now } from '../clock.ts'

// Readers of event streams in a process of their own. They read raw sockets, so that reading costs as little as it
// can and what is measured is the server.

export interface OpenInput {
  port: number
  path: string
  cookie: string
  count: number
}

const openingAtOnce = 25
const idLine = Buffer.from('id: ')
const lineBreak = 10
const sockets = new Set<ReturnType<typeof connect>>()
const arrivals = new Map<string, number[]>()

answer({
  async open({ count, ...where }: OpenInput) {
    for (let opened = 0; opened < count; opened += openingAtOnce) {
      const batch = Math.min(openingAtOnce, count - opened)
      await Promise.all(Array.from({ length: batch }, () => openStream(where)))
    }
  },
  /** When the event of an id arrived, once for every stream that is open. */
  async arrivals(id: string) {
    while ((arrivals.get(id)?.length ?? 0) < sockets.size)
      await new Promise((next) => setTimeout(next, 2))
    const times = arrivals.get(id)
    arrivals.clear()
    return times
  },
  close() {
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  },
})

async function openStream({ port, path, cookie }: Omit<OpenInput, 'count'>) {
  const socket = connect(port, '127.0.0.1')
  socket.setNoDelay()
  const headers = `host: 127.0.0.1:${port}\r\naccept: text/event-stream\r\ncookie: ${cookie}\r\n`
  socket.write(`GET ${path} HTTP/1.1\r\n${headers}\r\n`)
  const [head] = (await once(socket, 'data')) as [Buffer]
  const status = head.toString('latin1', 9, 12)
  if (status !== '200') throw new Error(`${path} answered ${status}`)
  socket.on('data', arrived)
  sockets.add(socket)
}

function arrived(bytes: Buffer) {
  const at = now()
  const start = bytes.indexOf(idLine)
  if (start < 0) return
  const id = bytes.toString('latin1', start + idLine.length, bytes.indexOf(lineBreak, start))
  const times = arrivals.get(id)
  if (times) times.push(at)
  else arrivals.set(id, [at])
}
