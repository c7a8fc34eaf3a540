'use client'

import { EllipsisIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { MenuItem } from '#components/ui/overlay/menu'
import { MenuButton } from '#components/ui/overlay/menu-button'
import type { ModelOffer } from '#components/video/actions/make-again.ts'
import type { VideoPrice } from '#components/video/actions/price.ts'
import type { FileView } from '#lib/contract/file-view'

/** The actions of a video, wherever it is shown. */
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
  /** What making it again with its own model costs now; null where no provider can. */
  priceOf: (view: FileView) => VideoPrice | null
  /** What a finished video can start, with the models there are. */
  startsFrom: (view: FileView) => MenuItem[]
}

interface StartsMenuProps {
  items: readonly MenuItem[]
  isLabelled?: boolean
}

/** What a finished video can start; hidden where no model supports it. */
export function StartsMenu({ items, isLabelled = false }: StartsMenuProps) {
  const t = useTranslations('studio.history')
  return (
    <MenuButton label={t('use')} items={items} isLabelled={isLabelled}>
      <EllipsisIcon />
    </MenuButton>
  )
}
