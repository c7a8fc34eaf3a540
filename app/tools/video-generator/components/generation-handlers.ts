import type { FileView } from '#lib/contract/file-view'
import type { MenuItem } from '../../../../components/video/menu-item.ts'
import type { ModelOffer } from '../../../../components/video/model-offer.ts'
import type { RetryPrice } from '#components/video/retry-button'

/** What a user can do with a generation, wherever it is shown. */
export interface GenerationHandlers {
  onOpen: (view: FileView) => void
  onReuse: (view: FileView) => void
  onDelete: (view: FileView) => void
  onRetry: (fileId: string) => void
  onRetryWith: (fileId: string, modelId: string) => void
  onCheck: (fileId: string) => Promise<void>
  onResubmit: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
  /** The models that could make it instead. */
  offersFor: (view: FileView) => ModelOffer[]
  /** What making it again with its own model costs now. */
  priceOf: (view: FileView) => RetryPrice
  /** What can be begun from a finished video with the models there are. */
  startsFrom: (view: FileView) => MenuItem[]
}
