import { type AspectRatio, dimensionsOf, type Resolution } from '#lib/contract/model-view'
import type { ProviderContext, ProviderRequest } from '../provider.ts'

/** A film for tests: 480p, 2 seconds, with sound, unless told otherwise. */
export function testRequest(changes: Partial<ProviderRequest> = {}): ProviderRequest {
  const aspectRatio: AspectRatio = changes.aspectRatio ?? '16:9'
  const resolution: Resolution = changes.resolution ?? '480p'
  return {
    kind: 'video',
    model: 'demo',
    prompt: 'ocean at sunset',
    negativePrompt: null,
    aspectRatio,
    resolution,
    ...dimensionsOf(aspectRatio, resolution),
    durationSeconds: 2,
    seed: 7,
    generateAudio: true,
    inputs: [],
    ...changes,
  }
}

/** A film too small to watch, for tests of what happens around the drawing. */
export function tinyRequest(changes: Partial<ProviderRequest> = {}): ProviderRequest {
  return testRequest({ width: 256, height: 144, ...changes })
}

export function testContext(): ProviderContext {
  return {
    fetch: () => Promise.reject(new Error('the local renderer needs no network')),
    now: () => new Date(),
    signal: new AbortController().signal,
    webhookUrl: null,
  }
}
