import { databaseAddress } from '#lib/db/client'
import { tinyMp4 } from '../support/films/tiny-mp4.ts'
import { Child } from './support/children/child.ts'
import type { Figure } from './support/figure.ts'
import type { PipelineInput } from './support/children/generation-child.ts'
import { median } from './support/percentiles.ts'

const rounds = 3
const stored = 16
const refused = 100
/** A slot of the provider for each of the worker's steps. */
const concurrency = 12
/** Row changes of a refused generation: claim, submitting, failed. */
const changes = 3

/**
 * Generations a second from start to final through queue, worker and database, with a provider that needs no time:
 * such that end with a stored video next to storing as many alone, and such that the provider refuses, which costs
 * no storing, next to the bare writes of as many rows.
 */
export async function generationRate(): Promise<Figure[]> {
  await using child = new Child('tests/bench/support/children/generation-child.ts')
  const videoPath = await tinyMp4()
  const where: PipelineInput = { connectionString: databaseAddress(), videoPath, concurrency }
  await child.ask('open', where)
  await child.ask('generate', { count: concurrency, prompt: 'complete' })
  const atOnce = concurrency
  const measures = {
    completed: () => child.ask<number>('generate', { count: stored, prompt: 'complete' }),
    storing: () => child.ask<number>('store', { count: stored, atOnce, videoPath }),
    refused: () => child.ask<number>('generate', { count: refused, prompt: 'refuse' }),
    writing: () => child.ask<number>('write', { count: refused, atOnce, changes }),
  }
  const names = Object.keys(measures) as (keyof typeof measures)[]
  const times = Object.fromEntries(names.map((name) => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++)
    for (const name of names) times[name]!.push(await measures[name]())

  const rate = (name: keyof typeof measures, count: number) => (count * 1000) / median(times[name]!)
  return [
    {
      name: 'generations a second, start to completed',
      unit: '/s',
      ours: rate('completed', stored),
      baseline: { name: 'storing alone', value: rate('storing', stored) },
    },
    {
      name: 'generations a second, start to refused',
      unit: '/s',
      ours: rate('refused', refused),
      baseline: { name: 'bare row writes', value: rate('writing', refused) },
    },
  ]
}
