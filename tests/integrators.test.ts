import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Canvas } from '@napi-rs/canvas'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiDocument, operationsOf } from '#lib/contract/api/reference'
import { sampleOf } from '#lib/contract/api/samples'
import { user } from '#lib/db/auth-schema'
import { database } from '#lib/db/client'
import { openApiDocument } from '#lib/http/openapi/document'
import { aVisitor, useDataFolder } from '#lib/http/test-visitor'
import { startQueue, stopQueue } from '#lib/jobs/queue'
import { createKey } from '#lib/people/keys/keys'
import { forgetProcessWide } from '#lib/process-wide'
import { fetchInContract, startApiServer } from './contract/api-server.ts'
import { apiContract } from './contract/in-contract.ts'
import { anAccount } from './support/people/an-account.ts'
import { withTestDatabase } from './support/database/test-database.ts'

useDataFolder()
withTestDatabase()

const root = join(import.meta.dirname, '..')

const documents = [
  'README.md',
  'README.ru.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/** The curl commands of a text, each on one line. */
function commandsOf(text: string) {
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block]) =>
    block!
      .replaceAll(/ *\\\n */g, ' ')
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('curl ')),
  )
}

let server: Awaited<ReturnType<typeof startApiServer>>
const values: Record<string, string> = {}
let cookie: string

beforeAll(async () => {
  // Some of them ask for what only a provider can make; nothing is submitted here.
  Object.assign(process.env, { KIE_API_KEY: 'key', KIE_BASE_URL: 'http://127.0.0.1:1' })
  for (const name of ['env', 'providers']) forgetProcessWide(name)
  await startQueue()
  server = await startApiServer()
  const anna = await anAccount()
  values.KEY = (await createKey(anna, { name: 'k', scopes: ['read', 'generate'] })).key
  const { ownerId, request } = await aVisitor()
  cookie = request('/').headers.get('cookie')!
  await database().update(user).set({ isAnonymous: false }).where(eq(user.id, ownerId))
})
afterAll(async () => {
  server.close()
  await stopQueue(1_000)
  for (const name of ['KIE_API_KEY', 'KIE_BASE_URL']) delete process.env[name]
  for (const name of ['env', 'providers']) forgetProcessWide(name)
})

/** What a curl command asks. */
function requestOf(command: string) {
  const words = [
    ...command.replace(/ +#.*$/, '').matchAll(/'((?:[^']|'\\'')*)'|"([^"]*)"|(\S+)/g),
  ].map(
    ([, single, double, bare]) =>
      single?.replaceAll(String.raw`'\''`, "'") ?? filledIn(double ?? bare!),
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
    else if (word.startsWith('-') && word !== '-c') throw new Error(`unknown: ${word}`)
  }
  const at = url.replace(
    /^(?:https?:\/\/)?(?:localhost:3000|video\.example\.com|studio\.example)/,
    server.url,
  )
  return { url: at, method: method || (body ? 'POST' : 'GET'), headers, body }
}

function filledIn(word: string) {
  return word
    .replaceAll(/\$([A-Z_]+)/g, (_all, name: string) => values[name]!)
    .replaceAll('pf_...', values.KEY!)
    .replaceAll('file_...', values.FILE!)
}

/** Sends what a curl command says, and keeps what the next ones need. Its answer is as the OpenAPI document says. */
async function run(command: string) {
  const { url, method, headers, body } = requestOf(command)
  const isJson = typeof body === 'string'
  if (isJson && apiContract().knows(method, url))
    expect([command, apiContract().faultsOfRequest(method, url, JSON.parse(body))]).toEqual([
      command,
      [],
    ])
  const signal = AbortSignal.timeout(60_000)
  const init = { method, headers, ...(body && { body }), signal }
  const response = await fetchInContract(url, init)
  if (response.headers.get('content-type')?.startsWith('text/event-stream'))
    await response.body?.cancel()
  else keep(await response.text())
  return response
}

function keep(text: string) {
  const answer = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  const task = answer.data as { taskId?: string } | undefined
  const fileId = answer.fileId ?? task?.taskId
  if (typeof fileId === 'string') values.FILE = fileId
  const view = answer.view as { id: string } | undefined
  if (view) values.KEY_ID = view.id
}

/** They are for another server, or need what only a whole installation has. */
const elsewhere = /127\.0\.0\.1:<port>|\/api\/inngest\b/

describe.each(documents)('the commands of %s', (path) => {
  test('do what they say', async () => {
    for (const command of commandsOf(readFileSync(join(root, path), 'utf8'))) {
      if (elsewhere.test(command)) continue
      const { status } = await run(command)
      expect([command, status]).toEqual([command, expect.toSatisfy(isSuccess)])
    }
  })
})

test('the documents have commands to try', () => {
  const all = documents.flatMap((path) => commandsOf(readFileSync(join(root, path), 'utf8')))
  expect(all.length).toBeGreaterThan(15)
})

test('the examples of the reference are answered as the reference says', async () => {
  const document = openApiDocument('en', { base: '' }) as unknown as ApiDocument
  await run(commandsOf(readFileSync(join(root, 'docs/api.md'), 'utf8'))[0]!)
  for (const operation of operationsOf(document)) {
    const sample = sampleOf('curl', operation, 'http://localhost:3000/api/v1')
    const command = sample
      .replaceAll(/ *\\\n */g, ' ')
      .replaceAll(/file_0123456789abcdefghijklmn/g, values.FILE!)
    const { status } = await run(command)
    const { answers } = operation
    expect([command, answers.map((one) => one.status)]).toEqual([
      command,
      expect.arrayContaining([String(status)]),
    ])
  }
})

function isSuccess(status: number) {
  return status >= 200 && status < 300
}
