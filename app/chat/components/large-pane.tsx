'use client'

import { XIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useBackCloses } from '#components/ui/overlay/back-closes.ts'
import { CardBoundary } from '#components/ui/card-boundary'
import { Dialog } from '#components/ui/overlay/dialog'
import { IconButton } from '#components/ui/button'
import { useMediaQuery } from '../../hooks/use-media-query.ts'
import { LargePaneBody, type LargePaneBodyProps } from './large-pane-body.tsx'

/** From here on there is room for two columns beside the list. */
const wideQuery = '(min-width: 75rem)'

interface LargePaneProps extends LargePaneBodyProps {
  onClose: () => void
}

/** A video, large: beside the conversation where there is room, over it where there is not. */
export function LargePane({ onClose, ...body }: LargePaneProps) {
  const t = useTranslations('chat.video')
  const isWide = useMediaQuery(wideQuery)
  const number = body.conversation.videos.find(({ fileId }) => fileId === body.fileId)?.number
  const title = number ? t('numbered', { number }) : t('untitled')
  if (isWide)
    return (
      <BesidePane title={title} onClose={onClose}>
        <LargePaneBody {...body} />
      </BesidePane>
    )
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <LargePaneBody {...body} />
    </Dialog>
  )
}

interface BesidePaneProps {
  title: string
  onClose: () => void
  children: ReactNode
}

function BesidePane({ title, onClose, children }: BesidePaneProps) {
  const t = useTranslations('chat.video')
  useBackCloses(true, onClose)
  const headingId = useId()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere inside
    <aside
      aria-labelledby={headingId}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
      className="w-[44%] max-w-3xl shrink-0 overflow-y-auto border-l border-hairline px-6 pb-8"
    >
      <div className="sticky top-0 z-10 -mx-6 mb-4 flex items-center justify-between gap-4 border-b border-hairline bg-ground py-1 pr-4 pl-6">
        <h2 ref={heading} id={headingId} tabIndex={-1} className="text-sm font-semibold">
          {title}
        </h2>
        <IconButton label={t('close')} onClick={onClose}>
          <XIcon />
        </IconButton>
      </div>
      <CardBoundary>{children}</CardBoundary>
    </aside>
  )
}
