import { mkdir, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { database } from '#lib/db/client'
import { generation } from '#lib/db/generation-schema'
import { canvas } from './pages/canvas.ts'
import { chatLatency } from './chat-latency.ts'
import { clickToPlaying } from './pages/click-to-playing.ts'
import { eventLatency } from './event-latency.ts'
import { filmMemory } from './film-memory.ts'
import { firstLoad } from './pages/first-load.ts'
import { generationRate } from './generation-rate.ts'
import { growth } from './growth.ts'
import { libraryScroll } from './pages/library-scroll.ts'
import { library } from './library.ts'
import { libraryZip } from './library-zip.ts'
import { pollRate } from './poll-rate.ts'
import { providerOverhead } from './provider-overhead.ts'
import { renderTime } from './render-time.ts'
import { streamMemory } from './stream-memory.ts'
import { stranger } from './stranger.ts'
import { openBenchPlace } from './support/bench-place.ts'
import { type Figure, meetsAim, ratioOf } from './support/figure.ts'
import { tableOf } from './support/table.ts'

// `npm run bench [-- --only=event-latency,stream-memory] [-- --out=path]`

const benchmarks: Record<string, () => Promise<Figure[]>> = {
  'event-latency': eventLatency,
  'stream-memory': streamMemory,
  'film-memory': filmMemory,
  'poll-rate': pollRate,
  'render-time': renderTime,
  'generation-rate': generationRate,
  growth,
  library,
  'library-zip': libraryZip,
  'library-scroll': libraryScroll,
  canvas,
  'first-load': firstLoad,
  'click-to-playing': clickToPlaying,
  'chat-latency': chatLatency,
  'provider-overhead': providerOverhead,
  stranger,
}

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    out: { type: 'string', default: '.data/bench/bench-results.json' },
  },
})

await using place = await openBenchPlace()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void place[Symbol.asyncDispose]().finally(() => process.exit(1)))
const figures: Figure[] = []
for (const name of namesAsked()) {
  // What one benchmark leaves behind would take the slots of the next.
  await database().delete(generation)
  const begin = performance.now()
  figures.push(...(await benchmarks[name]!()))
  say(`${name}: measured in ${((performance.now() - begin) / 1000).toFixed(1)} s`)
}
say(`\n${tableOf(figures)}\n`)
await writeResults(options.out)

function namesAsked() {
  const names = options.only?.split(',') ?? Object.keys(benchmarks)
  const unknown = names.filter((name) => !benchmarks[name])
  if (unknown.length === 0) return names
  throw new Error(
    `No benchmark ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}`,
  )
}

async function writeResults(path: string) {
  const results = {
    at: new Date().toISOString(),
    node: process.version,
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`,
    figures: figures.map((figure) => ({
      ...figure,
      ratio: ratioOf(figure),
      meetsAim: meetsAim(figure),
    })),
  }
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, `${JSON.stringify(results, null, 2)}\n`)
  say(`As JSON: ${path}`)
}

function say(line: string) {
  process.stdout.write(`${line}\n`)
}
