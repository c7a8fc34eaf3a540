import type { FileView } from '#lib/contract/file-view'
import { imageMaxBytes } from '#lib/contract/generation-inputs'

/** The film that is to be made over. */
export interface SourceVideo {
  id: string
  /** What it is of; empty where only its id is known. */
  prompt: string
  posterUrl: string | null
}

export function sourceVideoOf({ id, settings, posterUrl }: FileView): SourceVideo {
  return { id, prompt: settings.prompt, posterUrl }
}

/** Whether a video can be made over: it is there, and no larger than providers take. */
export function canBeSource({ status, url, sizeBytes }: FileView) {
  return status === 'completed' && url !== null && (sizeBytes ?? 0) <= imageMaxBytes
}
