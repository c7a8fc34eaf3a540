'use client'

import { useTranslations } from 'next-intl'
import { lazyPart } from '#components/ui/lazy-part'
import { useId, useState } from 'react'
import { Button } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import { useSay } from '#lib/messages/use-say'
import { CancelButton, cancelMessage } from './cancel-button.tsx'
import type { UnknownNoticeProps } from './unknown-notice.tsx'

// Rare: loaded when first needed.
const UnknownNotice = lazyPart(() =>
  import('./unknown-notice.tsx').then((file) => file.UnknownNotice),
)

interface RunningActionsProps extends UnknownNoticeProps {
  /** Leaves the cost of canceling to the screen reader and the tooltip. */
  isCompact?: boolean
}

/** Actions of an unfinished video: ask the provider now, or cancel. */
export function RunningActions(props: RunningActionsProps) {
  const { view, onCheck, onCancel, isCompact = false } = props
  const [busy, setBusy] = useState(false)
  const noteId = useId()
  const t = useTranslations('card.action')
  const say = useSay()
  if (view.state === 'submit_unknown') return <UnknownNotice {...props} />
  const check = () => {
    setBusy(true)
    void onCheck(view.id).finally(() => setBusy(false))
  }
  return (
    <div className="space-y-3">
      <DelayedNotice view={view} />
      <div className="flex flex-wrap gap-2">
        <Button size="small" aria-disabled={busy} onClick={check}>
          {t('check')}
        </Button>
        <CancelButton view={view} onCancel={onCancel} noteId={noteId} />
      </div>
      {view.canCancel && (
        <p id={noteId} className={isCompact ? 'sr-only' : '-mt-1 text-tiny text-soft'}>
          {say(cancelMessage(view))}
        </p>
      )}
    </div>
  )
}

/** Says that a video takes longer than usual for its model and is still being made. */
function DelayedNotice({ view }: { view: Pick<FileView, 'isDelayed' | 'isDemo'> }) {
  const t = useTranslations('card.delayed')
  if (!view.isDelayed) return null
  return (
    <p className="max-w-prose border-l-2 border-edge pl-3 text-sm text-pretty text-soft">
      {view.isDemo ? t('demo') : t('paid')}
    </p>
  )
}
