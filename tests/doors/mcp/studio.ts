import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { DELETE, GET, POST } from '../../../app/api/mcp/route.ts'
import { POST as generate } from '../../../app/api/generate/video/route.ts'
import { frontDoor } from '#lib/http/front-door/front-door'
import { sendWebResponse } from '#lib/http/front-door/node-adapter'
import { startWorker } from '#lib/generations/engine/worker'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { usePace } from '#lib/pace'

type Handler = (request: Request) => Promise<Response>

const routes: Record<string, Handler> = {
  'POST /api/mcp': POST,
  'GET /api/mcp': GET,
  'DELETE /api/mcp': DELETE,
  'POST /api/generate/video': generate,
}

/** The front door and a worker, with the routes of a program that speaks MCP behind it, as Next hands requests to them. */
export async function serveStudio(port = 0) {
  usePace('{"sweepMs":500,"leaseMs":2000,"sessionLookMs":200}')
  await startQueue()
  const answer = frontDoor(handOn)
  const server = createServer((request, response) => void answer(request, response))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const worker = await startWorker()
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await worker.stop()
      await stopQueue(1_000)
    },
  }
}

async function handOn(incoming: IncomingMessage, outgoing: ServerResponse) {
  const { method = 'GET', headers, url = '/' } = incoming
  const handle = routes[`${method} ${new URL(url, 'http://x').pathname}`]
  if (!handle) {
    outgoing.writeHead(404).end()
    return
  }
  const body = await buffer(incoming)
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const given = Object.entries(headers).map(([name, value]) => [name, String(value)])
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers: given as [string, string][],
    signal: gone.signal,
    ...(body.length > 0 && { body }),
  })
  await sendWebResponse(await handle(request), outgoing)
}
