import { aspectRatios, resolutions } from '#lib/contract/model-view'
import type { ComposerValues } from './composer-values.ts'
import { chosenFrom } from './inputs.ts'

export interface DeepLink extends Partial<ComposerValues> {
  /** The id of a video whose prompt and negative prompt are to be filled in. */
  from?: string
}
type SearchParams = Record<string, string | string[] | undefined>
type Read = (name: string) => string | undefined

const imageId = /^image_[0-9a-z]{24}$/
const fileId = /^file_[0-9a-z]{24}$/
const referencesAtMost = 3

/** The form's values in an address, or the video to take its texts from; invalid ones are ignored. */
export function readDeepLink(params: SearchParams): DeepLink {
  const text: Read = (name) => [params[name]].flat()[0]
  const duration = Number(text('duration'))
  const audio = text('generateAudio')
  return withoutUndefined({
    from: fileId.test(text('from') ?? '') ? text('from') : undefined,
    prompt: text('prompt'),
    model: text('model'),
    aspectRatio: aspectRatios.find((ratio) => ratio === text('aspectRatio')),
    duration: duration > 0 && Number.isFinite(duration) ? duration : undefined,
    resolution: resolutions.find((resolution) => resolution === text('resolution')),
    seed: text('seed'),
    negativePrompt: text('negativePrompt'),
    generateAudio: audio === 'true' || audio === 'false' ? audio === 'true' : undefined,
    maxUsd: Number(text('maxUsd')) >= 0 ? text('maxUsd') : undefined,
    ...inputsIn(text),
  })
}

/** Pictures and source video by their ids, if any. The server checks their owner. */
function inputsIn(text: Read) {
  const idIn = (name: string, pattern: RegExp) => {
    const id = text(name)
    return id && pattern.test(id) ? id : null
  }
  const references = (text('references') ?? '').split(',').filter((id) => imageId.test(id))
  const { pictures, sourceVideo } = chosenFrom({
    firstFrame: idIn('firstFrame', imageId),
    lastFrame: idIn('lastFrame', imageId),
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
