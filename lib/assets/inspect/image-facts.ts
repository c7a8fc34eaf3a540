/** How the child ends where the bytes are no whole picture. Any other failure says nothing of them. */
export const brokenImageExit = 65

/** What a picture is once it has been decoded, and where its upright bytes lie. */
export interface ImageFacts {
  width: number
  height: number
  sizeBytes: number
  sha256: string
  /** True where the pixels were drawn once more, turned or without movement: they are next to the first, as `upright`. */
  isRedrawn: boolean
  /** True where there are too many pixels to decode them twice in one process: others compare them. */
  isToBeCompared: boolean
}
