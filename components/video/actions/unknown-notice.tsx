'use client'

import { ExternalLinkIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, buttonStyle } from '#components/ui/button'
import type { FileView } from '#lib/contract/file-view'
import { useSay } from '#lib/messages/use-say'
import { statusMessage } from '../progress/status-label.ts'
import { CancelButton, CostDialog, doubleChargeMessage } from './cancel-button.tsx'

export interface UnknownNoticeProps {
  view: FileView
  onCheck: (fileId: string) => Promise<void>
  onResubmit: (fileId: string) => Promise<void>
  onCancel: (fileId: string) => Promise<void>
}

/** A submit with an unknown outcome: what is known, and the decision that only a person can make. */
export function UnknownNotice({ view, onCheck, onResubmit, onCancel }: UnknownNoticeProps) {
  const t = useTranslations('card')
  const say = useSay()
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
  const told = statusMessage(view)
  return (
    <div className="space-y-3 border-l-2 border-signal pl-4">
      <p className="max-w-prose text-sm text-pretty">
        <span>{t('outcome.unknown', { provider: view.providerLabel, kind: view.type })}</span>{' '}
        <span className="text-soft">{t('outcome.noRetry')}</span>
      </p>
      <div className="flex flex-wrap gap-2">
        <Button size="small" aria-disabled={busy} onClick={() => !busy && run(check)}>
          {t('action.askProvider')}
        </Button>
        <Button size="small" variant="quiet" aria-haspopup="dialog" onClick={() => ask(true)}>
          {t('action.retry')}
        </Button>
        <ConsoleLink view={view} />
        <CancelButton view={view} onCancel={onCancel} />
      </div>
      <output className="block text-sm text-soft empty:hidden">
        {told ? say(told) : wasChecked && t('outcome.checked')}
      </output>
      {isAsking !== undefined && (
        <CostDialog
          title={t('outcome.retryTitle', { kind: view.type })}
          description={say(doubleChargeMessage(view))}
          action={t('outcome.retryAnyway')}
          isOpen={isAsking}
          onConfirm={() => run(onResubmit)}
          onClose={() => ask(false)}
        />
      )}
    </div>
  )
}

/** The provider's console, where the owner of the account can look for the job. */
function ConsoleLink({ view: { attempts, providerLabel } }: { view: FileView }) {
  const t = useTranslations('card.action')
  const { consoleUrl } = attempts.at(-1) ?? {}
  if (!consoleUrl) return null
  return (
    <a
      href={consoleUrl}
      target="_blank"
      rel="noopener noreferrer"
      className={buttonStyle({ variant: 'quiet', size: 'small' })}
    >
      <span>{t('openProvider', { provider: providerLabel })}</span>
      <ExternalLinkIcon aria-hidden="true" />
    </a>
  )
}
