import { z } from 'zod'

/** What was read out of a finished video's own bytes, never taken from anybody's word. */
export const mediaFactsSchema = z.object({
  width: z.int().positive(),
  height: z.int().positive(),
  durationSeconds: z.number().positive(),
  videoCodec: z.string(),
  audioCodec: z.string().nullable(),
  hasPoster: z.boolean(),
  filmstripFrames: z.int().nullable(),
})
export type MediaFacts = z.infer<typeof mediaFactsSchema>

/** How the inspecting process ends where the bytes it was given are no playable video. Any other end says nothing of them. */
export const brokenVideoExit = 65
