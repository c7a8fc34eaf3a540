import { dimensionsOf } from '#lib/contract/model-view'
import {
  type GenerationSettings,
  generateVideoRequestSchema,
} from '#lib/contract/generate-video-request'
import type { KeptSettings } from '#lib/contract/generation'
import type { Container } from '../assets/inspect/media-facts.ts'
import type { RequestKind } from './kind.ts'

// What is particular to videos: how a request becomes what the row keeps, and how its bytes are named.

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

/** The start of a video. */
export const videoKind: RequestKind = {
  kind: 'video',
  models: 'video',
  requestSchema: generateVideoRequestSchema,
  ofTheModel: ['model', 'aspectRatio', 'duration', 'resolution', 'generateAudio'],
  keptSettings,
}

function keptSettings(settings: GenerationSettings, seed: number): KeptSettings {
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
    ...(settings.promptBefore && { promptBefore: settings.promptBefore }),
    ...(settings.enableFallback === false && { enableFallback: false }),
  }
}
