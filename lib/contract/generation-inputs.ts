import type { AspectRatio } from './model-view.ts'

/**
 * The pictures and the film a generation starts from, each by its id: `image_...` and `video_...` for uploads, `file_...`
 * for what a generation made.
 */
export interface GenerationInputs {
  firstFrame: string | null
  lastFrame: string | null
  references: string[]
  /** A finished video of the same user, to be made over. */
  sourceVideo: string | null
  /** What an edit works on, in order. */
  sources?: string[]
}

export const noInputs: GenerationInputs = {
  firstFrame: null,
  lastFrame: null,
  references: [],
  sourceVideo: null,
}

/** What a picture may be at most: 10 MB, and 8,192 pixels on a side. */
export const imageMaxBytes = 10 * 1024 * 1024
export const imageMaxSide = 8192
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp'] as const

/** A picture that was uploaded, as `POST /api/image` answers it. */
export interface ImageView {
  id: string
  url: string
  contentType: string
  width: number
  height: number
  sizeBytes: number
}

/** Of some aspect ratios, the one a picture loses least in. */
export function nearestRatio<Ratio extends AspectRatio>(
  ratios: readonly Ratio[],
  { width, height }: { width: number; height: number },
): Ratio {
  const distance = (ratio: Ratio) => {
    const [across = 1, down = 1] = ratio.split(':').map(Number)
    return Math.abs(Math.log(across / down / (width / height)))
  }
  return ratios.toSorted((a, b) => distance(a) - distance(b))[0]!
}
