import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Memory } from './support/answer.ts'
import { Child } from './support/children/child.ts'
import type { Figure } from './support/figure.ts'
import type { FilmCost } from './support/children/film-child.ts'
import { runBareServer } from './support/servers/run-server.ts'

const megabyte = 1024 * 1024
const filmBytes = 200 * megabyte
// Loads what a first call loads, so that only what a large video takes is counted.
const smallBytes = megabyte

/** What a film of 200 MB inside a JSON takes beyond the idle process: the look at its job, and its way to the disk. */
export async function filmMemory(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'film-memory-'))
  try {
    await using small = await runBareServer('film-server.ts', smallBytes)
    await using large = await runBareServer('film-server.ts', filmBytes)
    await using child = new Child('tests/bench/support/children/film-child.ts', {
      nodeArguments: ['--expose-gc'],
    })
    const path = join(folder, 'film.mp4')
    await child.ask('fetch', { port: small.port, path })
    const idle = await child.ask<Memory>('memory')
    const cost = await child.ask<FilmCost>('fetch', { port: large.port, path })
    if (cost.bytes < filmBytes) throw new Error(`only ${cost.bytes} bytes came`)
    return [
      {
        name: 'memory for a film of 200 MB',
        unit: 'MB',
        ours: (cost.peakBytes - idle.residentBytes) / megabyte,
        baseline: null,
        aim: { of: 'figure', atMost: 64 },
        note: 'the peak beyond the idle process, of the look at the job and of the fetch of its video',
      },
      { name: 'fetching it', unit: 'ms', ours: cost.ms, baseline: null },
    ]
  } finally {
    await rm(folder, { recursive: true })
  }
}
