import type { MediaType } from '#lib/contract/generation'
import {
  aspectRatios,
  imageFormats,
  imageRatios,
  imageSizes,
  resolutions,
} from '#lib/contract/model-view'
import type { ComposerValues } from './composer-values.ts'
import { chosenFrom } from './pictures/inputs.ts'

export interface DeepLink extends Partial<ComposerValues> {
  /** The id of a file whose prompt and negative prompt are to be filled in. */
  from?: string
  /** The id of a file whose whole composer is to be restored. */
  reuse?: string
  /** The id of a video or an image to show. */
  video?: string
  image?: string
}
type SearchParams = Record<string, string | string[] | undefined>
type Read = (name: string) => string | undefined

// A picture that was uploaded, or an image that was generated.
const pictureId = /^(image|file)_[0-9a-z]{24}$/
const fileId = /^file_[0-9a-z]{24}$/
const pixels = /^[1-9]\d{0,4}$/

const offered = {
  video: { ratios: aspectRatios, sizes: resolutions, referencesAtMost: 3 },
  image: { ratios: imageRatios, sizes: imageSizes, referencesAtMost: 14 },
}

/** The form's values in an address, the file to take its texts from or to show; invalid ones are ignored. */
export function readDeepLink(params: SearchParams, makes: MediaType = 'video'): DeepLink {
  const { ratios, sizes, referencesAtMost } = offered[makes]
  const text: Read = (name) => [params[name]].flat()[0]
  const duration = Number(text('duration'))
  const audio = text('generateAudio')
  return withoutUndefined({
    from: fileId.test(text('from') ?? '') ? text('from') : undefined,
    reuse: fileId.test(text('reuse') ?? '') ? text('reuse') : undefined,
    video: fileId.test(text('video') ?? '') ? text('video') : undefined,
    image: fileId.test(text('image') ?? '') ? text('image') : undefined,
    prompt: text('prompt'),
    model: text('model'),
    aspectRatio: ratios.find((ratio) => ratio === text('aspectRatio')),
    duration: duration > 0 && Number.isFinite(duration) ? duration : undefined,
    resolution: sizes.find((size) => size === text('resolution')),
    width: pixels.test(text('width') ?? '') ? text('width') : undefined,
    height: pixels.test(text('height') ?? '') ? text('height') : undefined,
    imageFormat: imageFormats.find((format) => format === text('imageFormat')),
    seed: text('seed'),
    negativePrompt: text('negativePrompt'),
    generateAudio: audio === 'true' || audio === 'false' ? audio === 'true' : undefined,
    maxUsd: Number(text('maxUsd')) >= 0 ? text('maxUsd') : undefined,
    ...inputsIn(text, referencesAtMost),
  })
}

/** Pictures and source video by their ids, if any. The server checks their owner. */
function inputsIn(text: Read, referencesAtMost: number) {
  const idIn = (name: string, pattern: RegExp) => {
    const id = text(name)
    return id && pattern.test(id) ? id : null
  }
  const references = (text('references') ?? '').split(',').filter((id) => pictureId.test(id))
  const { pictures, sourceVideo } = chosenFrom({
    firstFrame: idIn('firstFrame', pictureId),
    lastFrame: idIn('lastFrame', pictureId),
    references: [...new Set(references)].slice(0, referencesAtMost),
    sourceVideo: idIn('sourceVideo', fileId),
  })
  return {
    pictures: pictures.length > 0 ? pictures : undefined,
    sourceVideo: sourceVideo ?? undefined,
  }
}

function withoutUndefined(link: {
  [Name in keyof DeepLink]: DeepLink[Name] | undefined
}): DeepLink {
  return Object.fromEntries(Object.entries(link).filter(([, value]) => value !== undefined))
}
