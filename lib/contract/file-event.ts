import * as z from 'zod/mini'

/**
 * What one SSE message carries: `data: {"type": T, "object": {...}}`. Ours hold a whole `FileView` in `object`
 * (and `render_result` its `url` beside); servers that speak the older dialect hold parts of it.
 */
export const fileEventTypes = [
  'file',
  'render_progress',
  'render_result',
  'task_status',
  'error',
] as const

export const fileEventSchema = z.object({
  type: z.enum(fileEventTypes),
  object: z.record(z.string(), z.unknown()),
})
export type FileEvent = z.infer<typeof fileEventSchema>

/** The channel a file's events are told on. */
export function channelOf(fileId: string) {
  return `file.${fileId}`
}
