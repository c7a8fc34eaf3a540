import { aspectRatios, resolutions } from '#lib/contract/video-format'
import type { ComposerValues } from './composer-values.ts'

export type DeepLink = Partial<ComposerValues>
type SearchParams = Record<string, string | string[] | undefined>

/** What an address says about the form; what it says wrongly is passed over. */
export function readDeepLink(params: SearchParams): DeepLink {
  const text = (name: string) => [params[name]].flat()[0]
  const duration = Number(text('duration'))
  const audio = text('generateAudio')
  return withoutUndefined({
    prompt: text('prompt'),
    model: text('model'),
    aspectRatio: aspectRatios.find((ratio) => ratio === text('aspectRatio')),
    duration: duration > 0 && Number.isFinite(duration) ? duration : undefined,
    resolution: resolutions.find((resolution) => resolution === text('resolution')),
    seed: text('seed'),
    negativePrompt: text('negativePrompt'),
    generateAudio: audio === 'true' || audio === 'false' ? audio === 'true' : undefined,
  })
}

function withoutUndefined(link: DeepLink): DeepLink {
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined))
}
