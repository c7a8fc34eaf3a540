import type { NewVersionRequest } from '#lib/contract/chat-request'
import type { FileView } from '#lib/contract/file-view'
import type { VideoPrice } from '#components/video/actions/price.ts'

/**
 * A new version as it was agreed to by a click: it may cost what was shown, and no more. Where no price was, it may cost
 * what the video before was quoted.
 */
export function versionRequest(
  { id, cost }: Pick<FileView, 'id' | 'cost'>,
  price: VideoPrice | null,
  changes: { prompt?: string; model?: string } = {},
): NewVersionRequest {
  const { upToUsd } = price ?? cost
  return { fromFileId: id, ...changes, maxUsd: upToUsd }
}
