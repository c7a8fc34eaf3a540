import { dimensionsOf, type ModelView } from '#lib/contract/model-view'
import { type GenerationSettings } from '#lib/contract/generate-video-request'
import { rankRoutes } from '#lib/contract/choose-route'
import type { VideoSettings } from '#lib/contract/generation'
import { microsOf, priceMicros } from '#lib/contract/money'
import { findRoute } from '../ai/models/catalogue.ts'
import type { Container } from '../assets/inspect/media-facts.ts'

// What is particular to videos: how a request becomes what the row keeps, what it costs, and how its bytes are named.

/** A film is kept in the container it came in: its name in storage and in addresses, and what it is served as. */
const films = {
  mp4: { name: 'video.mp4', contentType: 'video/mp4' },
  mov: { name: 'video.mov', contentType: 'video/quicktime' },
  webm: { name: 'video.webm', contentType: 'video/webm' },
  mkv: { name: 'video.mkv', contentType: 'video/x-matroska' },
  ts: { name: 'video.ts', contentType: 'video/mp2t' },
} as const satisfies Record<Container, { name: string; contentType: string }>

/** The objects of a video: the film, and what is drawn of it. */
export const videoFiles = {
  films,
  poster: { name: 'poster.jpg', contentType: 'image/jpeg' },
  filmstrip: { name: 'filmstrip.jpg', contentType: 'image/jpeg' },
} as const

/** What a request asks for besides its prompt, as the row keeps it. */
export function videoSettings(settings: GenerationSettings, seed: number): VideoSettings {
  const { aspectRatio, resolution, duration, negativePrompt, generateAudio, inputs } = settings
  const hasInputs = inputs.firstFrame || inputs.references.length > 0 || inputs.sourceVideo
  return {
    aspectRatio,
    resolution,
    ...dimensionsOf(aspectRatio, resolution),
    duration,
    seed,
    isSeedGiven: settings.seed !== null,
    negativePrompt,
    generateAudio,
    inputs: hasInputs ? inputs : null,
  }
}

/** What the user pays for one video of a checked request, and at which provider, in micro-dollars. */
export function videoQuote(settings: GenerationSettings, model: ModelView) {
  const ranked = rankRoutes(model.routes, settings)
  const choice = ranked[0]!
  const { price } = findRoute(model.id, choice.route.provider)!
  return {
    choice,
    /** At the provider that is tried first. */
    quotedMicros: microsOf(choice.usd),
    /** Where the most expensive provider that may step in had to. */
    ceilingMicros: Math.max(...ranked.map(({ usd }) => microsOf(usd))),
    /** What the first one charges the installation. */
    costMicros: priceMicros(price, settings.duration),
  }
}
