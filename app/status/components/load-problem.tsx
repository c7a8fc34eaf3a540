'use client'

import { useSay } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import type { Problem } from '#lib/contract/problem'

interface LoadProblemProps {
  /** What could not be loaded, as a sentence. */
  title: string
  problem: Problem
  onRetry: () => void
}

/** What could not be loaded, why, and a button to retry. */
export function LoadProblem({ title, problem, onRetry }: LoadProblemProps) {
  const t = useTranslations('ui')
  const say = useSay()
  return (
    <div
      role="alert"
      className="flex max-w-3xl flex-wrap items-center justify-between gap-x-6 gap-y-3 border-l-2 border-signal py-1 pl-4 text-sm"
    >
      <p className="min-w-0">
        <span>{title}</span> <bdi className="text-soft">{say(problem.detail)}</bdi>
      </p>
      <Button size="small" onClick={onRetry}>
        {t('retry')}
      </Button>
    </div>
  )
}
