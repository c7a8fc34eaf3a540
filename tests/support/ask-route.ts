import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inContract } from '../contract/in-contract.ts'

const api = join(import.meta.dirname, '../../app/api')
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** How a route is asked for something. */
export interface Asked {
  params: Record<string, string | string[]>
  query?: string
  body?: object
}

/** Makes the requests of one who asks. */
export type Asker = (path: string, init?: RequestInit) => Request

type Handler = (
  request: Request,
  context: { params: Promise<Asked['params']> },
) => Promise<Response>

function handlersOf(folder: string): Promise<Record<string, Handler>> {
  return import(join(api, folder, 'route.ts')) as Promise<Record<string, Handler>>
}

/** Every method of every route of the API, as `GET /api/file/[fileId]`. */
export async function routesOfApi(): Promise<string[]> {
  const folders = readdirSync(api, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('/route.ts'))
    .map((path) => dirname(path))
  const routes = await Promise.all(
    folders.map(async (folder) => {
      const handlers = await handlersOf(folder)
      return methods.filter((one) => one in handlers).map((one) => `${one} /api/${folder}`)
    }),
  )
  return routes.flat().toSorted()
}

/** Those with an id in their path. */
export async function routesWithIds(): Promise<string[]> {
  return (await routesOfApi()).filter((route) => route.includes('['))
}

/** What a route answers, without what is different each time. */
export async function answerOf(route: string, { params, query = '', body }: Asked, ask: Asker) {
  const [method = '', pattern = ''] = route.split(' ')
  const path = pattern.replaceAll(/\[(?:\.\.\.)?(\w+)\]/g, (_all, name: string) =>
    [params[name]!].flat().map(encodeURIComponent).join('/'),
  )
  const handlers = await handlersOf(pattern.replace('/api', ''))
  const json = { 'content-type': 'application/json' }
  const init = { method, ...(body && { body: JSON.stringify(body), headers: json }) }
  const context = { params: Promise.resolve(params) }
  const request = ask(path + query, init)
  const response = await inContract(request, await handlers[method]!(request, context))
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (isStream) await response.body?.cancel()
  const text = isStream ? '' : await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: text.replace(/"traceId":"[^"]*"/, '"traceId":""'),
  }
}
