import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A handler of a route behind a server of its own, as Next hands requests to it. */
export async function serveRoute(handle: (request: Request) => Promise<Response>, port = 0) {
  const answerTo = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const answer = await handle(await requestOf(incoming))
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
    outgoing.end(Buffer.from(await answer.arrayBuffer()))
  }
  const server = createServer((incoming, outgoing) => {
    answerTo(incoming, outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url, close }
}

async function requestOf(incoming: IncomingMessage) {
  const { method = 'GET', headers, url = '/' } = incoming
  const body = await buffer(incoming)
  const given = Object.entries(headers).map(([name, value]) => [name, String(value)])
  return new Request(`http://${headers.host}${url}`, {
    method,
    headers: given as [string, string][],
    ...(body.length > 0 && { body }),
  })
}
