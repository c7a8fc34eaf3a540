import { setTimeout as sleep } from 'node:timers/promises'
import { encodeView } from '#lib/events/encode-event'
import { fileViewOf } from '#lib/generations/view'
import { setRow } from '../support/database/set-row.ts'
import { Child } from './support/children/child.ts'
import { now } from './support/clock.ts'
import type { Figure } from './support/figure.ts'
import { insertRunningFile, makeOwner } from './support/owner.ts'
import { percentile } from './support/percentiles.ts'
import { type RunningServer, runBareServer, runServer } from './support/servers/run-server.ts'

const clientsScript = 'tests/bench/support/clients/stream-clients.ts'
const warmUps = 20
const pauseMs = 20

/**
 * How long an event takes from just before its row is committed to every client that watches it. The bare server is
 * handed the very same bytes by this process, once right after a commit of the same kind and once without any.
 */
export async function eventLatency(): Promise<Figure[]> {
  await using product = await runServer()
  await using bare = await runBareServer('bare-sse-server.ts')
  const few = await measure(product, bare, 1, 300)
  const many = await measure(product, bare, 1_000, 60)
  return [...figuresOf('1 stream', few), ...figuresOf('1,000 streams', many)]
}

/** Milliseconds, one for each event and client. */
interface Latencies {
  ours: number[]
  /** The bare server, from just before a commit. */
  bareCommitted: number[]
  /** The bare server alone. */
  bare: number[]
}

async function measure(product: RunningServer, bare: RunningServer, count: number, events: number) {
  await using ourClients = new Child(clientsScript)
  await using bareClients = new Child(clientsScript)
  const { cookie, ownerId } = await makeOwner(product.port)
  const { id: fileId } = await insertRunningFile(ownerId)
  const path = `/api/v1/events/file.${fileId}`
  await ourClients.ask('open', { port: product.port, path, cookie, count })
  await bareClients.ask('open', { port: bare.port, path, cookie, count })
  const { id: unwatchedId } = await insertRunningFile(ownerId)
  const latencies: Latencies = { ours: [], bareCommitted: [], bare: [] }
  for (let event = -warmUps; event < events; event++) {
    const begin = now()
    const row = await progressTo(fileId, event + warmUps)
    const id = String(row.version)
    const ours = await ourClients.ask<number[]>('arrivals', id)
    await sleep(pauseMs)

    const message = encodeView(fileViewOf(row), id)
    const bareBegin = now()
    await progressTo(unwatchedId, event + warmUps)
    const handedOver = now()
    await bare.child.ask('publish', message)
    const theirs = await bareClients.ask<number[]>('arrivals', id)
    await sleep(pauseMs)

    if (event < 0) continue
    for (const at of ours) latencies.ours.push(at - begin)
    for (const at of theirs) latencies.bareCommitted.push(at - bareBegin)
    for (const at of theirs) latencies.bare.push(at - handedOver)
  }
  return latencies
}

function progressTo(fileId: string, progress: number) {
  return setRow(fileId, { progress }, { isPublished: true })
}

function figuresOf(streams: string, { ours, bareCommitted, bare }: Latencies): Figure[] {
  const aim = { of: 'ratio', atMost: 1.5 } as const
  return [0.5, 0.99].flatMap((share) => {
    const name = `event to client, ${streams}, p${share * 100}`
    const against = (baseline: string, values: number[]): Figure => ({
      name,
      unit: 'ms',
      ours: percentile(ours, share),
      baseline: { name: baseline, value: percentile(values, share) },
      ...(share === 0.99 && { aim }),
    })
    return [
      against('bare SSE server after the same commit', bareCommitted),
      against('bare SSE server without a commit', bare),
    ]
  })
}
