import type { KeptSettings } from '#lib/contract/generation'
import {
  type ImageSettings,
  generateImageRequestSchema,
} from '#lib/contract/request/generate-image-request'
import type { ImageType } from '../assets/inspect/image-header.ts'
import type { RequestKind } from './kind.ts'

// What is particular to images: how a request becomes what the row keeps, and how its bytes are named.

/** A picture is kept in the format it came in. */
const pictures = {
  'image/png': { name: 'image.png', contentType: 'image/png' },
  'image/jpeg': { name: 'image.jpg', contentType: 'image/jpeg' },
  'image/webp': { name: 'image.webp', contentType: 'image/webp' },
} as const satisfies Record<ImageType, { name: string; contentType: string }>

/** The objects of an image: the picture, and a smaller one of it for cards. */
export const imageFiles = {
  pictures,
  poster: { name: 'poster.jpg', contentType: 'image/jpeg' },
} as const

/** The start of an image. */
export const imageKind: RequestKind<ImageSettings> = {
  kind: 'image',
  models: 'image',
  requestSchema: generateImageRequestSchema,
  ofTheModel: ['model', 'aspectRatio', 'resolution', 'duration', 'imageFormat', 'generateAudio'],
  keptSettings,
}

function keptSettings(settings: ImageSettings, seed: number): KeptSettings {
  const { aspectRatio, resolution, width, height, duration, imageFormat, inputs } = settings
  return {
    aspectRatio,
    resolution,
    width,
    height,
    duration,
    seed,
    isSeedGiven: settings.seed !== null,
    negativePrompt: settings.negativePrompt,
    generateAudio: false,
    inputs: inputs.references.length > 0 ? inputs : null,
    imageFormat,
    ...(settings.promptBefore && { promptBefore: settings.promptBefore }),
    ...(settings.enableFallback === false && { enableFallback: false }),
  }
}
