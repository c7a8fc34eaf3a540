import { hasFields } from './has-fields.ts'

const types = ['file', 'render_progress', 'render_result', 'task_status', 'error'] as const

/**
 * What one SSE message carries: `data: {"type": T, "object": {...}}`. Ours hold a whole `FileView` in `object`
 * (and `render_result` its `file_url` beside); servers that speak the older dialect hold parts of it.
 */
export interface FileEvent {
  type: (typeof types)[number]
  object: object
}

export function isFileEvent(value: unknown): value is FileEvent {
  return (
    hasFields(value, { type: 'string', object: 'object' }) &&
    types.includes((value as FileEvent).type)
  )
}

/** The channel a file's events are told on. */
export function channelOf(fileId: string) {
  return `file.${fileId}`
}
