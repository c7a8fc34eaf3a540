/** The pictures and the film a generation starts from, each by its id: `image_...` for pictures, `file_...` for a film. */
export interface GenerationInputs {
  firstFrame: string | null
  lastFrame: string | null
  references: string[]
  /** A finished video of the same user, to be made over. */
  sourceVideo: string | null
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
