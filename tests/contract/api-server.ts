import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { frontDoor } from '#lib/http/front-door/front-door'
import { sendWebResponse } from '#lib/http/front-door/node-adapter'
import { apiContract } from './in-contract.ts'

const api = join(import.meta.dirname, '../../app/api')

/** The routes of Next, those with fewer ids in their path first. */
const routes = readdirSync(api, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/route.ts'))
  .map((path) => dirname(path))
  .toSorted((a, b) => a.split('[').length - b.split('[').length)
  .map((folder) => ({ folder, pattern: patternOf(folder) }))

function patternOf(folder: string) {
  const source = folder
    .replaceAll('.', '\\.')
    .replaceAll(/\[(?:\\\.){3}(\w+)\]/g, '(?<$1>.+)')
    .replaceAll(/\[(\w+)\]/g, '(?<$1>[^/]+)')
  return new RegExp(`^/api/${source}/?$`)
}

type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>

/** What Next answers behind the front door. */
async function next(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(`http://localhost${request.url}`)
  const found = routes.find(({ pattern }) => pattern.test(url.pathname))
  if (!found) {
    response.writeHead(404).end()
    return
  }
  const path = join(api, found.folder, 'route.ts')
  const handlers = (await import(path)) as Record<string, Handler>
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const method = request.method!
  const headers = new Headers(request.headers as Record<string, string>)
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
  const params = Promise.resolve({ ...found.pattern.exec(url.pathname)!.groups })
  const answer = await handlers[method]!(new Request(url, { method, headers, ...body }), { params })
  await sendWebResponse(answer, response)
}

/** The API as it is served: the front door, and behind it the routes. */
export async function startApiServer() {
  const answer = frontDoor((request, response) => void next(request, response))
  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** `fetch` that throws where an answer is not as the OpenAPI document says. Of a stream its head is looked at. */
export async function fetchInContract(input: string | URL, init: RequestInit = {}) {
  const response = await fetch(input, init)
  const contentType = response.headers.get('content-type') ?? ''
  const body = /\bjson\b/.test(contentType) ? await response.clone().text() : undefined
  const answer = { status: response.status, contentType, body }
  const faults = apiContract().faultsOf(init.method ?? 'GET', String(input), answer)
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return response
}
