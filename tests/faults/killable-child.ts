import { setTimeout as sleep } from 'node:timers/promises'
import { createKieProvider } from '#lib/ai/providers/kie/kie-provider'
import { resilientProvider } from '#lib/ai/providers/resilient-provider'
import { closeDatabase, useDatabase } from '#lib/db/client'
import { advance } from '#lib/generations/engine/advance'
import { diskStorage } from '#lib/assets/storage/disk-storage'
import { usualPace } from '#lib/pace'
import { processWide } from '#lib/process-wide'
import type { GenerationDeps } from '#lib/generations/engine/deps'
import pg from 'pg'
import type { ChildOrder } from './kill-bench.ts'

// Run by kill-bench.ts: drives files as far as they go, and kills itself at a boundary it was told. A boundary is
// where the process waits for something else: before and after each query, each call of a provider and each object
// that is put into storage. Says at the end how many there were.

const order: ChildOrder = JSON.parse(process.argv[2]!)
let boundaries = 0

function cross() {
  if (++boundaries === order.killAt) process.kill(process.pid, 'SIGKILL')
}

/** Makes a call with a boundary before and after it. */
async function crossing<T>(call: () => Promise<T>): Promise<T> {
  cross()
  return call().finally(cross)
}

function watchQueries() {
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown
  pg.Client.prototype.query = function watched(this: pg.Client, ...args: unknown[]) {
    cross()
    const told = args.at(-1)
    if (typeof told === 'function')
      return query.call(this, ...args.slice(0, -1), (...answer: unknown[]) => {
        cross()
        told(...answer)
      })
    const answer = query.call(this, ...args)
    return answer instanceof Promise ? answer.finally(cross) : answer
  } as typeof pg.Client.prototype.query
}

function childDeps(): GenerationDeps & { pass(ms: number): void } {
  const { kieUrl, apiKey, webhookHmacKey, folder, publicUrl } = order
  const kie = createKieProvider({ apiKey, webhookHmacKey, baseUrl: kieUrl, uploadUrl: kieUrl })
  const disk = diskStorage(`${folder}/media`)
  let aheadMs = 0
  return {
    providers: new Map([[kie.id, resilientProvider(kie)]]),
    storage: { ...disk, put: (key, path) => crossing(() => disk.put(key, path)) },
    fetch: (input, init) => crossing(() => fetch(input, init)),
    now: () => new Date(Date.now() + aheadMs),
    databaseClock: () => new Date(Date.now() + aheadMs),
    pace: usualPace,
    publicUrl,
    concurrency: 1_000,
    workFolder: `${folder}/work`,
    signal: new AbortController().signal,
    submitSignal: new AbortController().signal,
    pass: (ms) => void (aheadMs += ms),
  }
}

/** A hint to another process is waited for, and reaches none: what waits is to be found without it. */
function loseHints() {
  const boss = { insert: () => crossing(async () => null) }
  processWide('queue', () => ({ boss, started: Promise.resolve(), looks: [] }))
}

const looksAtMost = 20

/** Drives a generation until it is over, or waits for its user. */
async function driveFile(fileId: string) {
  const deps = childDeps()
  for (let look = 0; look < looksAtMost; look++) {
    const { dueAt } = await advance(fileId, deps)
    if (!dueAt) return
    deps.pass(Math.max(0, dueAt.getTime() - deps.now().getTime()))
    await sleep(1)
  }
}

useDatabase(order.databaseUrl)
watchQueries()
loseHints()
for (const fileId of order.fileIds) await driveFile(fileId)
await closeDatabase()
console.info(JSON.stringify({ boundaries }))
