'use client'

import { ExternalLinkIcon } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { buttonStyle } from '#components/ui/button-style'
import type { FileView } from '#lib/contract/file-view'
import { twiceWords } from './billing-words.ts'
import { CancelButton } from './cancel-button.tsx'
import { messageWords } from './message-words.ts'

export interface UnknownNoticeProps {
  view: FileView
  onCheck: (fileId: string) => Promise<void>
  onResubmit: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
}

const CostDialog = dynamic(() => import('./cost-dialog.tsx').then((file) => file.CostDialog))

/** A start that was not answered: what is known, and the decision that only a person can make. */
export function UnknownNotice({ view, onCheck, onResubmit, onCancel }: UnknownNoticeProps) {
  const [busy, setBusy] = useState(false)
  const [wasChecked, setWasChecked] = useState(false)
  const [isAsking, ask] = useState<boolean>()
  const run = (act: (fileId: string) => Promise<void>) => {
    setBusy(true)
    void act(view.id).finally(() => setBusy(false))
  }
  const check = async (fileId: string) => {
    setWasChecked(false)
    await onCheck(fileId)
    setWasChecked(true)
  }
  return (
    <div className="space-y-3 border-l-2 border-signal pl-4">
      <p className="max-w-prose text-sm text-pretty">
        {view.providerLabel} did not answer. Nobody knows whether it makes the video.{' '}
        <span className="text-soft">
          Nothing is tried again by itself, for that could be charged twice.
        </span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" aria-disabled={busy} onClick={() => !busy && run(check)}>
          Ask the provider again
        </Button>
        <Button size="small" variant="quiet" aria-haspopup="dialog" onClick={() => ask(true)}>
          Try again
        </Button>
        <ConsoleLink view={view} />
        <CancelButton view={view} onCancel={onCancel} />
      </div>
      <output className="block text-sm text-soft empty:hidden">
        {messageWords(view) ?? (wasChecked && 'Asked just now: still nothing is known.')}
      </output>
      {isAsking !== undefined && (
        <CostDialog
          title="Try again?"
          description={twiceWords(view)}
          action="Try again"
          isOpen={isAsking}
          onConfirm={() => run(onResubmit)}
          onClose={() => ask(false)}
        />
      )}
    </div>
  )
}

/** Where whoever owns the account can see whether there is a job. */
function ConsoleLink({ view: { attempts, providerLabel } }: { view: FileView }) {
  const { consoleUrl } = attempts.at(-1) ?? {}
  if (!consoleUrl) return null
  return (
    <a
      href={consoleUrl}
      target="_blank"
      rel="noopener noreferrer"
      className={buttonStyle({ variant: 'quiet', size: 'small' })}
    >
      Look at {providerLabel}
      <ExternalLinkIcon aria-hidden="true" />
    </a>
  )
}
