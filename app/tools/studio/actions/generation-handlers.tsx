'use client'

import { ClapperboardIcon, EllipsisIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button'
import type { MenuItem } from '#components/ui/overlay/menu'
import { MenuButton } from '#components/ui/overlay/menu-button'
import { animatePath, canAnimate } from '#components/video/actions/animate-path.ts'
import type { ModelOffer } from '#components/video/actions/make-again.ts'
import type { VideoPrice } from '#components/video/actions/price.ts'
import type { FileView } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import { PageLink } from '../../../page-link.tsx'
import { usePosterItems } from '../../edit/poster/use-poster.ts'

/** The actions of a video, wherever it is shown. */
export interface GenerationHandlers {
  /** What is generated where they are; absent where nothing is. */
  makes?: MediaType
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
  /** What a finished one can start here, with the models there are. */
  startsFrom: (view: FileView) => MenuItem[]
}

interface FileStartsProps {
  view: FileView
  handlers: Pick<GenerationHandlers, 'makes' | 'startsFrom'>
  isLabelled?: boolean
}

/** What a finished file can start: of an image the way to the form for videos, and a menu of what is done here. */
export function FileStarts({ view, handlers, isLabelled = false }: FileStartsProps) {
  const t = useTranslations()
  const poster = usePosterItems(view)
  return (
    <>
      {canAnimate(view) && handlers.makes !== 'video' && (
        <PageLink
          href={animatePath(view)}
          title={t('images.animate')}
          className={buttonStyle({ variant: 'quiet', size: isLabelled ? 'small' : 'icon' })}
        >
          <ClapperboardIcon />
          <span className={isLabelled ? undefined : 'sr-only'}>{t('images.animate')}</span>
        </PageLink>
      )}
      <MenuButton
        label={t('studio.history.actions')}
        items={[...handlers.startsFrom(view), ...poster]}
        isLabelled={isLabelled}
      >
        <EllipsisIcon />
      </MenuButton>
    </>
  )
}
