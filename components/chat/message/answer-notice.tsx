'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useState } from 'react'
import { Button } from '#components/ui/button'
import { serverNow } from '#lib/contract/answer-headers'
import type { Problem } from '#lib/contract/problem'
import { useFormat, useSay } from '#lib/messages/use-say'

interface AnswerNoticeProps {
  problem: Problem
  /** The server's time, see `serverNow`, before which the server will not have it. */
  retryAtMs: number | undefined
  onRetry: () => void
  /** Another way on than to try again. */
  children?: ReactNode
}

/** Why there is no answer, and the way on. The message itself stays where it is. */
export function AnswerNotice({ problem, retryAtMs, onRetry, children }: AnswerNoticeProps) {
  const t = useTranslations('chat')
  const say = useSay()
  const { span } = useFormat()
  const seconds = useSecondsUntil(retryAtMs)
  return (
    <section aria-label={t('answer.missing')} className="border-l-2 border-signal pl-4 text-sm">
      <p className="font-medium">{t('answer.missing')}</p>
      <p dir="auto" className="mt-1 text-soft">
        {say(problem.detail)}
      </p>
      {(problem.retryable || seconds > 0) && (
        <Button size="small" className="mt-3" disabled={seconds > 0} onClick={onRetry}>
          <span className="tabular-nums">
            {seconds > 0 ? t('answer.tryAgainIn', { wait: span(seconds) }) : t('tryAgain')}
          </span>
        </Button>
      )}
      {children && <div className="mt-3">{children}</div>}
    </section>
  )
}

function useSecondsUntil(timeMs = 0) {
  const [nowMs, setNowMs] = useState(() => serverNow())
  const seconds = Math.max(0, Math.ceil((timeMs - nowMs) / 1000))
  const isWaiting = seconds > 0
  useEffect(() => {
    if (!isWaiting) return undefined
    const timer = setInterval(() => setNowMs(serverNow()), 500)
    return () => clearInterval(timer)
  }, [isWaiting])
  return seconds
}
