import { z } from 'zod'

/** What a child says of itself, in `progress.json`, at least every 500 ms while its event loop turns. */
export const renderProgressSchema = z.object({
  /** 0 to 100, and it only grows within an attempt. */
  progress: z.number().min(0).max(100),
  message: z.string(),
  /** Unix milliseconds: the child lives. */
  updatedAt: z.number(),
  /** Unix milliseconds: the child got further. A child that lives but hangs has only this one old. */
  advancedAt: z.number(),
  attempt: z.number().int(),
  pid: z.number().int(),
  host: z.string(),
})
export type RenderProgress = z.infer<typeof renderProgressSchema>
