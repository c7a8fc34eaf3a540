import { z } from 'zod'

/** How the child ends where the bytes are no whole picture. Any other failure says nothing of them. */
export const brokenImageExit = 65

/** What a picture is once it has been decoded, and where its upright bytes lie. */
export const imageFactsSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  sizeBytes: z.int().positive(),
  sha256: z.string().length(64),
  /** True where the pixels were drawn once more, turned or without movement: they are next to the first, as `upright`. */
  isRedrawn: z.boolean(),
  /** True where there are too many pixels to decode them twice in one process: others compare them. */
  isToBeCompared: z.boolean(),
})
export type ImageFacts = z.infer<typeof imageFactsSchema>
