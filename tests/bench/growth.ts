import { randomUUID } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { usualPace } from '#lib/pace'
import { dueGenerations } from '#lib/generations/queries'
import { applyEvent } from '#lib/generations/store'
import { newId } from '#lib/ids'
import { now } from './support/clock.ts'
import type { Figure } from './support/figure.ts'
import { fillGenerations } from './support/fill-generations.ts'
import { insertRunningFile, makeOwner, type Owner } from './support/owner.ts'
import { median } from './support/percentiles.ts'
import { runServer } from './support/servers/run-server.ts'

const rows = Number(process.env.GROWTH_ROWS ?? 1_000_000)
const ofOwner = rows / 4
const queued = 2_000
const rounds = 60
const warmUps = 8
const pageSize = 24
const farPage = 500

/**
 * What a request costs with a million generations in the table, a quarter of them its owner's, next to what it cost
 * while there were a handful: the median of each kind of request, the owner's session checked each time.
 */
export async function growth(): Promise<Figure[]> {
  await using product = await runServer({ WORKER: 'off', UNFINISHED_PER_OWNER: '10000' })
  const owner = await makeOwner(product.port)
  for (let count = 0; count < 2 * pageSize; count++) await insertRunningFile(owner.ownerId)
  const empty = await measureAll(product.port, owner)
  await fillGenerations({ rows, ownerId: owner.ownerId, ofOwner, queued })
  const full = await measureAll(product.port, owner)
  const figures = Object.entries(full).map(([name, ours]): Figure => ({
    name,
    unit: 'ms',
    ours,
    baseline: { name: 'an almost empty table', value: empty[name]! },
    aim: { of: 'ratio', atMost: 1.5 },
  }))
  process.stdout.write(`growth: worst ratio ${worstOf(figures)}\n`)
  return figures
}

function worstOf(figures: Figure[]) {
  const ratios = figures.map(({ name, ours, baseline }) => ({
    name,
    ratio: ours / baseline!.value,
  }))
  const worst = ratios.toSorted((a, b) => b.ratio - a.ratio)[0]!
  return `${worst.ratio.toFixed(2)} (${worst.name})`
}

async function measureAll(port: number, owner: Owner): Promise<Record<string, number>> {
  const ask = asker(port, owner)
  const started: string[] = []
  const body = JSON.stringify({ prompt: 'A lighthouse in a storm', model: 'local-preview' })
  const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
  const { id: followed } = await insertRunningFile(owner.ownerId)
  const far = await cursorOf(owner)
  const start = async () => {
    const headers = { ...post.headers, 'idempotency-key': randomUUID() }
    const answer = await ask('/api/generate/video', { ...post, headers })
    started.push((JSON.parse(answer) as { fileId: string }).fileId)
  }
  const figures: Record<string, number> = {
    'history, first page': await timed(() => ask(`/api/file?limit=${pageSize}`)),
    'history, 500th page': await timed(() => ask(`/api/file?limit=${pageSize}&cursor=${far}`)),
    poll: await timed(() => ask(`/api/file/${followed}`)),
    start: await timed(start),
    estimate: await timed(() => ask('/api/estimate', post)),
    models: await timed(() => ask('/api/models')),
    providers: await timed(() => ask('/api/providers')),
    health: await timed(() => ask('/health')),
    cancel: await timed(() => ask(`/api/file/${started.pop()!}/cancel`, { method: 'POST' })),
  }
  return { ...figures, 'claim of the next due': await claims(owner) }
}

function asker(port: number, { cookie }: Owner) {
  return async (path: string, init: RequestInit = {}) => {
    const headers = { ...(init.headers as Record<string, string>), cookie }
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers })
    const text = await response.text()
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`)
    return text
  }
}

/** Median milliseconds of a request, one at a time. */
async function timed(act: () => Promise<unknown>) {
  for (let count = 0; count < warmUps; count++) await act()
  const took: number[] = []
  for (let count = 0; count < rounds; count++) {
    const begin = now()
    await act()
    took.push(now() - begin)
  }
  return median(took)
}

/** The cursor behind which the owner's 500th page begins; the second one where there are not as many. */
async function cursorOf({ ownerId }: Owner) {
  const lastOfPage = async (page: number) => {
    const [row] = await database()
      .select({ id: generation.id, createdAt: generation.createdAt })
      .from(generation)
      .where(eq(generation.ownerId, ownerId))
      .orderBy(desc(generation.createdAt), desc(generation.id))
      .offset(page * pageSize - 1)
      .limit(1)
    return row
  }
  const row = (await lastOfPage(farPage - 1)) ?? (await lastOfPage(1))
  return Buffer.from(`${row!.createdAt.getTime()} ${row!.id}`).toString('base64url')
}

/** What a worker does for each step: finds the most overdue generation, and takes it. */
async function claims({ ownerId }: Owner) {
  const { leaseMs } = usualPace
  const prepare = async () => {
    const { id } = await insertRunningFile(ownerId)
    const isMeant = and(eq(generation.id, id), eq(generation.ownerId, ownerId))
    await database()
      .update(generation)
      .set({ dueAt: new Date(0) })
      .where(isMeant)
  }
  const claimNext = async () => {
    const [due] = await dueGenerations(new Date(), 1)
    await applyEvent(due!.id, { type: 'claimed', leaseId: newId('lease'), leaseMs, force: false })
  }
  const took: number[] = []
  for (let count = 0; count < warmUps + rounds; count++) {
    await prepare()
    const begin = now()
    await claimNext()
    if (count >= warmUps) took.push(now() - begin)
  }
  return median(took)
}
