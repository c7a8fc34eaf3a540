import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { env } from '#lib/env'
import { startWorker } from '#lib/generations/engine/worker'
import { frontDoor } from '#lib/http/front-door/front-door'
import { sendWebResponse } from '#lib/http/front-door/node-adapter'
import { startQueue, stopQueue } from '#lib/jobs/queue'

// The server as `server.ts` puts it together, without its pages: the front door, every route of the API, the queue and
// the worker, in a process of their own. So no test of it has to wait for a build.

const api = join(import.meta.dirname, '../../app/api')

type Handlers = Record<
  string,
  (request: Request, context: { params: Promise<object> }) => Promise<Response>
>

/** The routes with their patterns; names before places, as in Next. */
const routes = readdirSync(api, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('route.ts'))
  .map((path) => dirname(path))
  .toSorted((a, b) => Number(a.includes('[')) - Number(b.includes('[')))
  .map((folder) => ({ folder, pattern: patternOf(folder) }))

function patternOf(folder: string) {
  const places = folder
    .replaceAll('.', String.raw`\.`)
    .replaceAll(/\[(?:\\\.){3}(\w+)\]/g, '(?<$1>.+)')
    .replaceAll(/\[(\w+)\]/g, '(?<$1>[^/]+)')
  return new RegExp(`^/api/${places}/?$`)
}

async function answer(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url!, `http://${request.headers.host}`)
  const path = decodeURIComponent(url.pathname)
  const found = routes.find(({ pattern }) => pattern.test(path))
  const handlers = found && ((await import(join(api, found.folder, 'route.ts'))) as Handlers)
  const method = request.method === 'HEAD' ? 'GET' : request.method!
  const handler = handlers?.[method]
  if (!found || !handler) {
    response.writeHead(found ? 405 : 404).end()
    return
  }
  const values: object = found.pattern.exec(path)!.groups ?? {}
  const params = Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, string]) => [
      name,
      found.folder.includes(`[...${name}]`) ? value.split('/') : value,
    ]),
  )
  const result = await handler(webRequest(request, url), { params: Promise.resolve(params) })
  await sendWebResponse(result, response)
}

function webRequest(request: IncomingMessage, url: URL) {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers.set(name, String(value))
  const { method = 'GET' } = request
  const hasBody = method !== 'GET' && method !== 'HEAD'
  const body = hasBody ? (Readable.toWeb(request) as ReadableStream) : null
  const init = { method, headers, body, ...(hasBody && { duplex: 'half' as const }) }
  return new Request(url, init)
}

useDatabase(env().DATABASE_URL!)
await startQueue()
const worker = env().WORKER ? await startWorker() : undefined
const door = frontDoor(answer)
const server = createServer((request, response) => void door(request, response))
server.listen(env().PORT, env().HOST)
await once(server, 'listening')
process.stdout.write(`ready ${(server.address() as AddressInfo).port}\n`)
process.once('SIGTERM', () => void stop())

async function stop() {
  server.closeAllConnections()
  server.close()
  await worker?.stop()
  await stopQueue(1_000)
  await closeDatabase()
  process.exit(0)
}
