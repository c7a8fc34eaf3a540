import { libraryParams, type LibraryQuery } from '#lib/contract/library/filters'
import type { LibraryPage } from '#lib/contract/library/library'
import { now } from './support/clock.ts'
import type { Figure } from './support/figure.ts'
import { fillCollection, fillLibrary } from './support/fill-library.ts'
import { type Owner, makeOwner } from './support/owner.ts'
import { percentile } from './support/percentiles.ts'
import { runServer } from './support/servers/run-server.ts'

const rows = Number(process.env.LIBRARY_ROWS ?? 200_000)
const ofOwner = 50_000
const rounds = 40
const warmUps = 8
const aimMs = 150
const farPage = 100

const queries: Record<string, LibraryQuery> = {
  'first page': {},
  '100th page': {},
  'search in English': { q: 'foxes' },
  'search in Russian': { q: 'лисой' },
  'a part of a word': { q: 'ighthou' },
  'words that only others have': { q: 'zeppelin' },
  'several words, one excluded': { q: 'маяк шторм -лиса' },
  'one model': { model: ['kling-2.6'] },
  'one format': { format: ['9:16'] },
  'a state few are in': { status: ['failed'] },
  'a kind of none': { media: ['image'] },
  'an origin of none': { door: ['chat'] },
  starred: { starred: true },
  'a date': { to: new Date(Date.now() - (rows - 10_000) * 1000).toISOString() },
  'several filters': {
    media: ['video'],
    model: ['kling-2.6'],
    format: ['9:16'],
    status: ['failed'],
  },
  'longest first': { sort: 'longest' },
  'largest first, a state few are in': { sort: 'largest', status: ['failed'] },
  'by name, searched': { sort: 'name', q: 'foxes' },
  'oldest first, a model': { sort: 'oldest', model: ['veo-3.1-fast'] },
}
const weights: Record<string, LibraryQuery> = {
  'count and weight': {},
  'count and weight, filtered': { model: ['veo-3.1-fast'] },
  'count and weight, searched': { q: 'foxes' },
}

/**
 * What the library costs an owner of 50,000 items among 200,000, next to what it costs an owner of none in the same run.
 */
export async function library(): Promise<Figure[]> {
  await using product = await runServer({ WORKER: 'off' })
  const [owner, empty] = [await makeOwner(product.port), await makeOwner(product.port)]
  await fillLibrary({ rows, ownerId: owner.ownerId, ofOwner })
  const collection = await fillCollection(owner.ownerId)
  Object.assign(queries, { 'a collection': { collection } })
  const figures = await pagesAndWeights(product.port, owner, empty)
  const worst = figures.toSorted((a, b) => b.ours - a.ours)[0]!
  process.stdout.write(`library: worst p95 ${Math.round(worst.ours)} ms (${worst.name})\n`)
  return figures
}

async function pagesAndWeights(port: number, owner: Owner, empty: Owner) {
  const cursor = await cursorOf(port, owner)
  const asked = [
    ...Object.entries(queries).map(([name, query]) => [name, '/api/library', query] as const),
    ...Object.entries(weights).map(
      ([name, query]) => [name, '/api/library/weight', query] as const,
    ),
  ]
  const figures: Figure[] = []
  for (const [name, path, query] of asked) {
    const isFar = name === '100th page'
    const address = `${path}?${libraryParams({ ...query, ...(isFar && cursor && { cursor }) })}`
    figures.push({
      name: `library: ${name}`,
      unit: 'ms',
      ours: await p95(port, owner, address),
      baseline: { name: 'an owner of nothing', value: await p95(port, empty, address) },
      aim: { of: 'figure', atMost: aimMs },
    })
  }
  return figures
}

async function p95(port: number, { cookie }: Owner, address: string) {
  const times: number[] = []
  for (let round = -warmUps; round < rounds; round++) {
    const begin = now()
    const answer = await fetch(`http://127.0.0.1:${port}${address}`, { headers: { cookie } })
    await answer.bytes()
    if (!answer.ok) throw new Error(`${address} answers ${answer.status}`)
    if (round >= 0) times.push(now() - begin)
  }
  return percentile(times, 0.95)
}

async function cursorOf(port: number, { cookie }: Owner) {
  let next: string | null = null
  for (let page = 1; page < farPage; page++) {
    const params = libraryParams({ limit: 100, ...(next && { cursor: next }) })
    const address = `http://127.0.0.1:${port}/api/library?${params}`
    const answer = await fetch(address, { headers: { cookie } })
    next = ((await answer.json()) as LibraryPage).nextCursor
  }
  return next
}
