import { setTimeout as sleep } from 'node:timers/promises'
import type { Memory } from './support/answer.ts'
import { Child } from './support/children/child.ts'
import type { Figure } from './support/figure.ts'
import { insertRunningFile, makeOwner } from './support/owner.ts'
import { type RunningServer, runBareServer, runServer } from './support/servers/run-server.ts'

// The first ones fill what the process had free already, which is more in one that had more to load; what the next take
// is counted.
const firstStreams = 7_000
const moreStreams = 4_000
const settleMs = 500

/** What one open event stream costs the server in memory, after garbage collection. */
export async function streamMemory(): Promise<Figure[]> {
  await using product = await runServer()
  await using bare = await runBareServer('bare-sse-server.ts')
  const { cookie, ownerId } = await makeOwner(product.port)
  const { id } = await insertRunningFile(ownerId)
  const path = `/api/v1/events/file.${id}`
  const ours = await costOfAStream(product, path, cookie)
  const theirs = await costOfAStream(bare, path, cookie)
  const besideBare = (value: number) => ({ name: 'bare SSE server', value })
  return [
    {
      name: 'memory an open stream',
      unit: 'KB',
      ours: ours.residentKb,
      baseline: besideBare(theirs.residentKb),
      aim: { of: 'ratio', atMost: 2 },
      note: 'resident; a process that has held more before takes less of the machine for more',
    },
    {
      name: 'memory an open stream, alive',
      unit: 'KB',
      ours: ours.liveKb,
      baseline: besideBare(theirs.liveKb),
      aim: { of: 'ratio', atMost: 2 },
    },
  ]
}

async function costOfAStream({ child, port }: RunningServer, path: string, cookie: string) {
  await using clients = new Child('tests/bench/support/clients/stream-clients.ts')
  const memoryAfter = async (count: number) => {
    await clients.ask('open', { port, path, cookie, count })
    await sleep(settleMs)
    return child.ask<Memory>('memory')
  }
  const before = await memoryAfter(firstStreams)
  const after = await memoryAfter(moreStreams)
  const each = (bytes: number) => bytes / 1024 / moreStreams
  return {
    residentKb: each(after.residentBytes - before.residentBytes),
    liveKb: each(after.liveBytes - before.liveBytes),
  }
}
