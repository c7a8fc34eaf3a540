import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { FileView } from '#lib/contract/file-view'
import type { VideoPrice } from '../video/price-of.ts'

/** A new version as it was agreed to by a click: it may cost what was shown, and no more. */
export function versionRequest(
  { id }: Pick<FileView, 'id'>,
  price: VideoPrice | null | undefined,
  changes: { prompt?: string; model?: string } = {},
): NewVersionRequest {
  return { fromFileId: id, ...changes, ...(price && { maxUsd: price.upToUsd }) }
}
