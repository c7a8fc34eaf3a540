import { rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { createVertexProvider } from '#lib/ai/providers/vertex/vertex-provider'
import type { ProviderContext } from '#lib/ai/providers/provider'
import { answer } from '../answer.ts'
import { now } from '../clock.ts'

// A process like a worker of the product, with one provider and nothing else in it.

export interface FilmInput {
  port: number
  path: string
}

export interface FilmCost {
  ms: number
  bytes: number
  /** The most that the process has held since its start. */
  peakBytes: number
}

answer({
  /** A look at the finished job, then its video onto the disk. */
  async fetch({ port, path }: FilmInput): Promise<FilmCost> {
    const baseUrl = `http://127.0.0.1:${port}`
    const provider = createVertexProvider({
      project: 'p',
      location: 'global',
      baseUrl,
      answersDirectory: tmpdir(),
    })
    const begin = now()
    const result = await provider.check(operation, context())
    if (result.status !== 'completed') throw new Error(`the job is ${result.status}`)
    await provider.fetch!(operation, path, context())
    const ms = now() - begin
    const { size } = await stat(path)
    await rm(path)
    return { ms, bytes: size, peakBytes: process.resourceUsage().maxRSS * 1024 }
  },
})

const operation = { name: 'p/models/m/operations/1' }

function context(): ProviderContext {
  const { signal } = new AbortController()
  return { fetch, now: () => new Date(), signal, webhookUrl: null }
}
