import type { FileView } from '#lib/contract/file-view'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'

export interface ItemViewProps {
  item: ShelfItem
  isOpen: boolean
  /** Where the items beside it are; undefined at an end. */
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
  onReuse: (view: FileView) => void
  onTrash: (item: ShelfItem) => void
  announce: (sentence: string) => void
  onClose: () => void
}
