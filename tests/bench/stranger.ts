import { loadavg } from 'node:os'
import { Child } from './support/children/child.ts'
import type { Figure } from './support/figure.ts'
import { insertRunningFile, makeOwner } from './support/owner.ts'
import { median } from './support/percentiles.ts'
import { runServer } from './support/servers/run-server.ts'
import type { Ask, Sending } from './support/clients/stranger-client.ts'

const rounds = 5
const roundMs = 2_000
const pollPauseMs = 5

/** What a stranger sends, one request after another, without a cookie. */
const attacks: Record<string, Ask> = {
  'HEIF of 20,000 boxes': { method: 'POST', path: '/api/image', body: heif(20_000) },
  'JPEG of 9.9 MB of zeros': { method: 'POST', path: '/api/image', body: zeros(9_900_000) },
  'query of 15 KB': { path: `/health?${'a&'.repeat(7_500)}` },
  'User-Agent of 15 KB': { path: '/status', headers: { 'user-agent': 'a'.repeat(15_000) } },
  'User-Agent of 4 KB': { path: '/status', headers: { 'user-agent': 'a'.repeat(4_000) } },
  'a plain page': { path: '/status' },
  'first visits of a script': { path: '/_next/static/none.js', headers: { accept: 'text/html' } },
}

/**
 * The longest wait of a poll while a stranger does the worst it can, next to the longest with no stranger there. Both
 * take turns, each from a process of its own, and the median of the rounds counts.
 */
export async function stranger(): Promise<Figure[]> {
  await using product = await runServer()
  await using client = new Child('tests/bench/support/clients/stranger-client.ts')
  await using enemy = new Child('tests/bench/support/clients/stranger-client.ts')
  const { port } = product
  const { cookie, ownerId } = await makeOwner(port)
  const { id } = await insertRunningFile(ownerId)
  const poll: Ask = { path: `/api/file/${id}`, headers: { cookie } }
  const longestPoll = async () => (await send(client, port, poll, pollPauseMs)).longestMs

  const figures: Figure[] = []
  await longestPoll()
  for (const [name, attack] of Object.entries(attacks)) {
    await send(enemy, port, attack, 0)
    const quiet: number[] = []
    const attacked: number[] = []
    let sent = 0
    for (let round = 0; round < rounds; round++) {
      quiet.push(await longestPoll())
      const [longest, sending] = await Promise.all([longestPoll(), send(enemy, port, attack, 0)])
      attacked.push(longest)
      sent += sending.sent
    }
    figures.push({
      name: `longest poll, ${name}`,
      unit: 'ms',
      ours: median(attacked),
      baseline: { name: 'a quiet loop', value: median(quiet) },
      aim: { of: 'figure', atMost: 250 },
      note: `${sent} sent, load ${loadavg()[0]!.toFixed(1)}`,
    })
  }
  return figures
}

function send(child: Child, port: number, ask: Ask, pauseMs: number) {
  const sending: Sending = { port, ask, durationMs: roundMs, pauseMs }
  return child.ask<{ sent: number; longestMs: number }>('send', sending)
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
