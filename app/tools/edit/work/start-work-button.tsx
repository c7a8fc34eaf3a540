'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { startWork } from '#lib/ai/api/work'
import type { WorkRequest } from '#lib/contract/edit/work'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { StartRefusal } from '../../../people/money/start-refusal.tsx'
import { useOneStart } from '../use-one-start.ts'

interface StartWorkButtonProps {
  label: string
  request: WorkRequest
  /** Dollars: what it costs at most where that is more than its label says. */
  upToUsd?: number | undefined
  /** Why it cannot be started as it is set; empty where that is said elsewhere. */
  fault?: string | undefined
  onStarted: () => void
}

/** Starts what a provider makes of a video, and says why it was not. */
export function StartWorkButton(props: StartWorkButtonProps) {
  const { label, request, upToUsd, fault, onStarted } = props
  const t = useTranslations('work')
  const { usd } = useFormat()
  const { start, isBusy, problem } = useOneStart<WorkRequest>({
    send: startWork,
    startedMessage: ({ work }) => message(`work.started.${work.operation}`),
    onStarted,
  })
  return (
    <div className="space-y-3 border-t border-hairline pt-5">
      <Button
        variant="primary"
        className="tabular-nums"
        aria-disabled={isBusy || fault !== undefined}
        aria-describedby={fault ? 'work-fault' : undefined}
        onClick={() => {
          if (!isBusy && fault === undefined) void start(request)
        }}
      >
        {label}
      </Button>
      {fault && (
        <p id="work-fault" className="text-sm text-signal-ink">
          {fault}
        </p>
      )}
      {problem && <StartRefusal problem={problem} />}
      <p className="text-sm text-pretty text-soft">
        {upToUsd !== undefined && <span>{t('upTo', { price: usd(upToUsd) })} </span>}
        <span>{t(`note.${request.work.operation}`)}</span>
      </p>
    </div>
  )
}
