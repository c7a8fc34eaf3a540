'use client'

import { BellIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { lazyPart } from '#components/ui/lazy-part'
import type { BellPanelProps } from './bell-panel.tsx'
import { HeaderButton } from './header-button.tsx'
import { useNotices } from './use-notices.ts'

const Panel = lazyPart<BellPanelProps>(() =>
  import('./bell-panel.tsx').then((file) => file.BellPanel),
)

/** What happened meanwhile: how many notices are new, and a panel with all of them. For a visitor once there is one. */
export function Bell({ hasAccount }: { hasAccount: boolean }) {
  const t = useTranslations('bell')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setIsOpen] = useState<boolean>()
  const { page, reload } = useNotices()
  if (!page || (!hasAccount && page.notices.length === 0)) return null
  const label = t('open', { count: page.unseen })
  return (
    <>
      <HeaderButton
        anchor={anchor}
        label={label}
        count={page.unseen}
        isOpen={!!isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        <BellIcon aria-hidden="true" />
      </HeaderButton>
      {isOpen !== undefined && (
        <Panel
          anchor={anchor}
          isOpen={isOpen}
          hasAccount={hasAccount}
          onSeen={reload}
          onClose={() => setIsOpen(false)}
        />
      )}
    </>
  )
}
