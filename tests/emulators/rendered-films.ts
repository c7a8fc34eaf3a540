import { setTimeout as sleep } from 'node:timers/promises'
import { type AspectRatio, dimensionsOf } from '#lib/contract/model-view'
import { createLocalProvider } from '#lib/ai/providers/local/local-provider'
import type { ProviderContext, ProviderRequest } from '#lib/ai/providers/provider'
import type { EmulatedJob, FilmOf } from './emulator.ts'

const lookMs = 250
// Enough to see that it is another film, and quickly drawn.
const longestSeconds = 5

/**
 * Films to look at, for people who play with the emulators: each drawn from its prompt by the local renderer, small
 * and in the ratio that was asked for. They lie in a folder that may be removed at the end.
 */
export function renderedFilms(directory: string): FilmOf {
  const renderer = createLocalProvider({ directory })
  const films = new Map<string, Promise<string>>()

  async function render(job: EmulatedJob, key: string) {
    const context = someContext()
    const prepared = await renderer.prepare(requestOf(job), context)
    const started = await renderer.submit(prepared, key, context)
    if (!('operation' in started)) throw new Error('the renderer had nothing to do')
    while (true) {
      const result = await renderer.check(started.operation, context)
      if (result.status === 'failed') throw result.error
      if (result.status === 'completed' && result.output.kind === 'path') return result.output.path
      await sleep(lookMs)
    }
  }

  return (job) => {
    const film = films.get(job.reference) ?? render(job, `film_${films.size}`)
    films.set(job.reference, film)
    film.catch(() => films.delete(job.reference))
    return film
  }
}

function someContext(): ProviderContext {
  const { signal } = new AbortController()
  return { fetch, now: () => new Date(), signal, webhookUrl: null }
}

function requestOf(job: EmulatedJob): ProviderRequest {
  const order = JSON.stringify(job.details)
  const aspectRatio = ratioIn(order)
  return {
    kind: 'video',
    model: job.model,
    // What it orders of the emulators is not to be drawn.
    prompt: job.prompt.replaceAll(/#[a-z]+:\S+/g, '').trim(),
    negativePrompt: null,
    aspectRatio,
    resolution: '480p',
    ...dimensionsOf(aspectRatio, '480p'),
    durationSeconds: Math.min(secondsIn(order), longestSeconds),
    seed: 7,
    generateAudio: true,
    inputs: [],
  }
}

/** Whatever a provider calls it: `aspect_ratio`, `aspectRatio`. */
function ratioIn(order: string): AspectRatio {
  return (/"aspect_?ratio":"(9:16|16:9|1:1)"/i.exec(order)?.[1] ?? '16:9') as AspectRatio
}

/** `duration`, `durationSeconds`, a number, or a text with or without its unit. */
function secondsIn(order: string) {
  return Number(/"duration(?:Seconds)?":"?(\d+)/.exec(order)?.[1] ?? longestSeconds)
}
