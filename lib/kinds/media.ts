import { type KeptSettings, type Kind, type MediaType, mediaTypeOf } from '#lib/contract/generation'
import { assertFilm, assertPicture } from '../assets/inspect/assert-film.ts'
import {
  animationMaxBytes,
  assertAnimation,
  storeAnimation,
} from '../assets/store/store-animation.ts'
import { generatedImageMaxBytes, storeImage } from '../assets/store/store-image.ts'
import { storeVideo } from '../assets/store/store-video.ts'
import type { StoreOptions, StoredMedia } from '../assets/store/stored-media.ts'
import { editFiles } from './edit.ts'
import { imageFiles } from './image.ts'
import { videoFiles } from './video.ts'

/** How the bytes of what was made are checked and stored. All of them are hostile input. */
interface Media {
  /** Throws where the first bytes of a file begin none of it. */
  assertHead(path: string): Promise<void>
  /** What is fetched at most. */
  maxBytes: number
  store(options: StoreOptions): Promise<StoredMedia>
}

const media: Record<MediaType | 'animation', Media> = {
  video: {
    assertHead: assertFilm,
    maxBytes: 2 * 1024 ** 3,
    store: (options) => storeVideo({ ...options, objects: videoFiles }),
  },
  image: {
    assertHead: assertPicture,
    maxBytes: generatedImageMaxBytes,
    store: (options) => storeImage({ ...options, objects: imageFiles }),
  },
  animation: {
    assertHead: assertAnimation,
    maxBytes: animationMaxBytes,
    store: (options) => storeAnimation({ ...options, objects: editFiles }),
  },
}

/** How what comes of a generation is stored. Only an edit makes what moves and is no video. */
export function mediaOf(row: { kind: Kind; settings: KeptSettings }): Media {
  const isAnimation = row.settings.edit?.operation === 'animation'
  return media[isAnimation ? 'animation' : mediaTypeOf(row)]
}
