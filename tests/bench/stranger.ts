import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Figure } from './support/figure.ts'
import { insertRunningFile, makeOwner } from './support/owner.ts'
import { runServer } from './support/run-server.ts'

const roundMs = 4_000
const warmUpMs = 1_000
const pauseMs = 5

interface Ask {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: Uint8Array
}

/** What a stranger sends, one request after another, without a cookie. */
const attacks: Record<string, Ask> = {
  'HEIF of 20,000 boxes': { method: 'POST', path: '/api/image', body: heif(20_000) },
  'JPEG of 9.9 MB of zeros': { method: 'POST', path: '/api/image', body: zeros(9_900_000) },
  'query of 15 KB': { path: `/health?${'a&'.repeat(7_500)}` },
  'User-Agent of 15 KB': { path: '/status', headers: { 'user-agent': 'a'.repeat(15_000) } },
  'User-Agent of 4 KB': { path: '/status', headers: { 'user-agent': 'a'.repeat(4_000) } },
  'first visits of a script': { path: '/_next/static/none.js', headers: { accept: 'text/html' } },
}

/** The longest wait of a poll while a stranger does the worst it can, beside the longest with no stranger there. */
export async function stranger(): Promise<Figure[]> {
  await using product = await runServer()
  const { port } = product
  const { cookie, userId } = await makeOwner(port)
  const { id } = await insertRunningFile(userId)
  const poll: Ask = { path: `/api/file/${id}`, headers: { cookie } }
  for (const attack of Object.values(attacks)) await send(port, attack)
  await longestWait(port, poll, warmUpMs)

  const figures: Figure[] = []
  for (const [name, attack] of Object.entries(attacks)) {
    const quiet = await longestWait(port, poll, roundMs)
    const attacked = new AbortController()
    const sending = attackUntil(attacked.signal, port, attack)
    const ours = await longestWait(port, poll, roundMs)
    attacked.abort()
    const sent = await sending
    figures.push({
      name: `longest poll, ${name}`,
      unit: 'ms',
      ours,
      baseline: { name: 'a quiet loop', value: quiet },
      aim: { of: 'figure', atMost: 250 },
      note: `${sent} sent`,
    })
  }
  return figures
}

async function attackUntil(signal: AbortSignal, port: number, attack: Ask) {
  let sent = 0
  for (; !signal.aborted; sent++) await send(port, attack)
  return sent
}

async function longestWait(port: number, ask: Ask, ms: number) {
  let longest = 0
  for (const end = performance.now() + ms; performance.now() < end; await sleep(pauseMs)) {
    const begin = performance.now()
    await send(port, ask)
    longest = Math.max(longest, performance.now() - begin)
  }
  return longest
}

/** Resolves at the end of the answer, or of the connection: some are closed on a stranger. */
function send(port: number, { method = 'GET', path, headers, body }: Ask) {
  return new Promise<void>((resolve) => {
    const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume().once('close', resolve)
    })
    sent.once('error', () => resolve())
    sent.end(body)
  })
}

function heif(boxes: number) {
  const head = Buffer.from('000000186674797068656963000000006d69663168656963', 'hex')
  const box = Buffer.from('0000001469737065000000000000000000000000', 'hex')
  return Buffer.concat([head, ...Array.from({ length: boxes }, () => box)])
}

function zeros(bytes: number) {
  const data = Buffer.alloc(bytes)
  data.set([0xff, 0xd8, 0xff, 0xe0])
  return data
}
