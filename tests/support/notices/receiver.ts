import { type IncomingHttpHeaders, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

/** A user's own server on loopback: what it got, which it also tells at `/_emulator/events`, and how it answers. */
export async function receiver(answer: (response: ServerResponse, index: number) => unknown) {
  const received: Received[] = []
  const server = createServer((request, response) => {
    if (request.url === '/_emulator/events') {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(received, undefined, 2))
      return
    }
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const body = Buffer.concat(parts).toString()
      received.push({ path: request.url ?? '', headers: request.headers, body })
      void answer(response, received.length - 1)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
