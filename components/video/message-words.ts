import type { FileView } from '#lib/contract/file-view'
import { statusWords } from './status-words.ts'

/**
 * What the provider or the server says of a video beside its status: what is being done, why it waits, what to know of
 * it now that it is ready. Null where the status says as much.
 */
export function messageWords(view: FileView) {
  const { message, status, state, canCancel } = view
  if (!message || message === statusWords(view)) return null
  if (status === 'failed' || status === 'canceled') return null
  const isRefused = state === 'queued' && canCancel
  return isRefused ? `${message} Tried again by itself.` : message
}
