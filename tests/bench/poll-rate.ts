import { fileViewOf } from '#lib/generations/view'
import { buildBareNext } from './support/servers/build-bare-next.ts'
import { Child } from './support/children/child.ts'
import type { Figure } from './support/figure.ts'
import type { LoadInput } from './support/clients/load-client.ts'
import { insertRunningFile, makeOwner } from './support/owner.ts'
import { median } from './support/percentiles.ts'
import { type RunningServer, runBareServer, runServer } from './support/servers/run-server.ts'

const rounds = 4
const durationMs = 1_500
const warmUpMs = 1_500
/** Each polls a file of its own, one poll at a time. */
const pollers = 16

/**
 * Polls a second, the owner checked and the row read each time, next to a bare Node server and a Next route that
 * answer the same JSON without looking at anything. They take turns, and the median round counts. What a poll costs its
 * process is given as well, since it says the same on a machine that others use.
 */
export async function pollRate(): Promise<Figure[]> {
  await using product = await runServer()
  const { cookie, ownerId } = await makeOwner(product.port)
  const rows = await Promise.all(Array.from({ length: pollers }, () => insertRunningFile(ownerId)))
  const json = JSON.stringify(fileViewOf(rows[0]!))
  const ours = (headers: Record<string, string>) =>
    rows.map(({ id }) => ({ path: `/api/file/${id}`, headers: { cookie, ...headers } }))
  const same = Array.from({ length: pollers }, () => ({ path: '/nothing', headers: { cookie } }))
  await using bare = await runBareServer('bare-json-server.ts', json)
  await using next = await runBareServer('bare-next-server.ts', await buildBareNext(json))
  const { rates, cpu } = await takeTurns({
    polled: { server: product, requests: ours({}), status: 200 },
    unchanged: { server: product, requests: ours({ 'if-none-match': '"1"' }), status: 304 },
    bare: { server: bare, requests: same, status: 200 },
    next: { server: next, requests: same, status: 200 },
  })

  const besideNext = { name: 'idle Next route', value: rates.next }
  const besideBare = { name: 'bare Node', value: rates.bare }
  const bareCpu = { name: 'bare Node', value: cpu.bare }
  const aim = { of: 'ratio', atLeast: 5 } as const
  return [
    { name: 'polls a second, 200', unit: '/s', ours: rates.polled, baseline: besideNext, aim },
    { name: 'polls a second, 304', unit: '/s', ours: rates.unchanged, baseline: besideNext, aim },
    { name: 'polls a second, 200', unit: '/s', ours: rates.polled, baseline: besideBare },
    { name: 'polls a second, 304', unit: '/s', ours: rates.unchanged, baseline: besideBare },
    { name: 'CPU of a poll, 200', unit: 'µs', ours: cpu.polled, baseline: bareCpu },
    { name: 'CPU of a poll, 304', unit: 'µs', ours: cpu.unchanged, baseline: bareCpu },
  ]
}

type Target = Omit<LoadInput, 'durationMs' | 'port'> & { server: RunningServer }

async function takeTurns<Name extends string>(targets: Record<Name, Target>) {
  await using client = new Child('tests/bench/support/clients/load-client.ts')
  const names = Object.keys(targets) as Name[]
  const ask = ({ server, ...target }: Target, ms: number) =>
    client.ask<number>('load', { ...target, port: server.port, durationMs: ms } satisfies LoadInput)
  for (const name of names) await ask(targets[name], warmUpMs)
  const rates = seriesOf(names)
  const cpu = seriesOf(names)
  for (let round = 0; round < rounds; round++)
    for (const name of names) {
      const { child } = targets[name].server
      const before = await child.ask<number>('cpuMicros')
      const rate = await ask(targets[name], durationMs)
      const spent = (await child.ask<number>('cpuMicros')) - before
      rates[name].push(rate)
      cpu[name].push(spent / ((rate * durationMs) / 1000))
    }
  return { rates: mediansOf(rates), cpu: mediansOf(cpu) }
}

function seriesOf<Name extends string>(names: Name[]) {
  return Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>
}

function mediansOf<Name extends string>(series: Record<Name, number[]>) {
  const names = Object.keys(series) as Name[]
  return Object.fromEntries(names.map((name) => [name, median(series[name])])) as Record<
    Name,
    number
  >
}
