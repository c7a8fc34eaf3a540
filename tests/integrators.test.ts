import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { frontDoor } from '#lib/http/front-door/front-door'
import { sendWebResponse } from '#lib/http/front-door/node-adapter'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { createKey } from '#lib/people/keys/keys'
import { anAccount } from './support/an-account.ts'
import { withTestDatabase } from './support/test-database.ts'

useDataFolder()
withTestDatabase()

const root = join(import.meta.dirname, '..')
const docs = readFileSync(join(root, 'docs/integrators.md'), 'utf8')

/** The commands of a section, each on one line. */
function commandsOf(section: string) {
  const text = docs.split(/^## /m).find((one) => one.startsWith(`${section}\n`))!
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block]) =>
    block!
      .replaceAll(/ *\\\n */g, ' ')
      .trim()
      .split('\n'),
  )
}

/** What a handler of Next would answer; the front door answers the rest itself. */
const routes: Record<string, string> = {
  '/api/generate/video': 'generate/video',
  '/api/keys': 'keys',
}

function folderOf(path: string) {
  const file = /^\/api\/file\/([^/]+)\/cancel$/.exec(path)?.[1]
  if (file) return { folder: 'file/[fileId]/cancel', params: { fileId: file } }
  const key = /^\/api\/keys\/([^/]+)$/.exec(path)?.[1]
  if (key) return { folder: 'keys/[keyId]', params: { keyId: key } }
  return { folder: routes[path]!, params: {} }
}

type Handler = (request: Request, context: { params: Promise<object> }) => Promise<Response>

async function next(request: IncomingMessage, response: ServerResponse) {
  const { folder, params } = folderOf(request.url!)
  const handlers = (await import(join(root, 'app/api', folder, 'route.ts'))) as Record<
    string,
    Handler
  >
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const method = request.method!
  const headers = new Headers(request.headers as Record<string, string>)
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}
  const web = new Request(`http://localhost${request.url}`, { method, headers, ...body })
  const answer = await handlers[method]!(web, { params: Promise.resolve(params) })
  await sendWebResponse(answer, response)
}

let server: Server
let address: string
const values: Record<string, string> = {}
let cookie: string

beforeAll(async () => {
  await startQueue()
  const answer = frontDoor(next)
  server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const anna = await anAccount()
  values.KEY = (await createKey(anna, { name: 'k', scopes: ['read', 'generate'] })).key
  const { ownerId, request } = await aVisitor()
  cookie = request('/').headers.get('cookie')!
  await database().update(user).set({ isAnonymous: false }).where(eq(user.id, ownerId))
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await stopQueue(1_000)
})

/** Sends what a curl command says. */
async function run(command: string) {
  const words = [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? filledIn(double ?? bare!),
  )
  const headers = new Headers()
  let [url, method, body] = ['', '', undefined as string | Uint8Array<ArrayBuffer> | undefined]
  for (let index = 1; index < words.length; index++) {
    const word = words[index]!
    if (word === '-N') continue
    const value = words[index + 1]!
    if (!word.startsWith('-')) url = word
    else index++
    if (word === '-H') headers.append(...(value.split(': ') as [string, string]))
    else if (word === '-X') method = value
    else if (word === '-d') body = value
    else if (word === '-b') headers.set('cookie', cookie)
    else if (word === '--data-binary') body = new Uint8Array(new Canvas(30, 20).encodeSync('png'))
    else if (word.startsWith('-')) throw new Error(`unknown: ${word}`)
  }
  const at = url.replace('http://localhost:3000', address)
  const asked = { method: method || (body ? 'POST' : 'GET'), headers, ...(body && { body }) }
  const signal = AbortSignal.timeout(60_000)
  return { response: await fetch(at, { ...asked, signal }), url }
}

function filledIn(word: string) {
  return word.replaceAll(/\$([A-Z_]+)/g, (_all, name: string) => values[name]!)
}

test('the examples with keys do what they say', async () => {
  const commands = commandsOf('API keys')
  expect(commands.length).toBeGreaterThan(8)
  for (const command of commands) {
    const { response, url } = await run(command)
    expect([command, response.status]).toEqual([command, expect.toSatisfy(isSuccess)])
    if (url.includes('/events/')) {
      await response.body?.cancel()
      continue
    }
    const text = await response.text()
    const answer = text ? (JSON.parse(text) as Record<string, unknown>) : {}
    if (typeof answer.fileId === 'string') values.FILE = answer.fileId
    const view = answer.view as { id: string } | undefined
    if (view) values.KEY_ID = view.id
  }
})

function isSuccess(status: number) {
  return status >= 200 && status < 300
}
