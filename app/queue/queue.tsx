'use client'

import { ListVideoIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { lazyPart } from '#components/ui/lazy-part'
import { useQueue } from '#lib/delivery/use-queue'
import { HeaderButton } from '../bell/header-button.tsx'
import type { QueuePanelProps } from './queue-panel.tsx'

const Panel = lazyPart<QueuePanelProps>(() =>
  import('./queue-panel.tsx').then((file) => file.QueuePanel),
)

/** What runs or waits: how many, and a panel with all of them. */
export function Queue() {
  const t = useTranslations('queue')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState<boolean>()
  const queue = useQueue()
  const count = queue.views?.length ?? 0
  return (
    <>
      <HeaderButton
        anchor={anchor}
        label={t('open', { count })}
        count={count}
        isOpen={!!isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <ListVideoIcon aria-hidden="true" />
      </HeaderButton>
      {isOpen !== undefined && (
        <Panel anchor={anchor} queue={queue} isOpen={isOpen} onClose={() => setIsOpen(false)} />
      )}
    </>
  )
}
