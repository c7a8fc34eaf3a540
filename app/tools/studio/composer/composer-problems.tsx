'use client'

import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { CopyButton } from '#components/ui/copy-button'
import type { Problem } from '#lib/contract/problem'
import { UsageLink } from '../../../people/money/usage-link.tsx'
import { SignInButton } from '../../../people/sign-in-link.tsx'

interface StartErrorProps {
  problem: Problem
  onRetry: () => void
  onDismiss: () => void
}

/** Why nothing was started. A retry sends the same idempotency key, so it cannot be charged twice. */
export function StartError({ problem, onRetry, onDismiss }: StartErrorProps) {
  const t = useTranslations()
  const say = useSay()
  return (
    <div
      role="alert"
      // On a phone it is docked over the form: it scrolls rather than covers it.
      className="mb-4 max-h-[30dvh] overflow-y-auto border-l-2 border-signal pl-4 text-sm"
    >
      <p className="font-medium">{t('composer.notStarted')}</p>
      <p dir="auto" className="mt-1 text-soft">
        {say(problem.detail)}
      </p>
      <div className="mt-2 -ml-2 flex flex-wrap gap-1">
        {problem.code === 'sign_in_required' && (
          <div className="ml-2">
            <SignInButton>{t('header.signIn')}</SignInButton>
          </div>
        )}
        <UsageLink code={problem.code} className="ml-2" />
        {problem.retryable && (
          <Button size="small" variant="outline" className="ml-2" onClick={onRetry}>
            {t('ui.retry')}
          </Button>
        )}
        <CopyButton
          label={t('composer.copyDetails')}
          text={problemDetails(problem, say)}
          isLabelled
        />
        <Button size="small" variant="quiet" onClick={onDismiss}>
          {t('composer.dismiss')}
        </Button>
      </div>
    </div>
  )
}

/** For the operator: names as in the API, whatever the language. */
function problemDetails(
  { code, status, detail, traceId }: Problem,
  say: (sentence: Sentence) => string,
) {
  return JSON.stringify({ code, status, detail: say(detail), traceId }, null, 2)
}

/** The list of models could not be loaded; without it nothing can be started. */
export function ModelsError({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  const t = useTranslations()
  const say = useSay()
  return (
    <div
      role="alert"
      className="mb-4 flex items-center justify-between gap-4 border-l-2 border-signal pl-4 text-sm"
    >
      <p className="min-w-0">
        <span>{t('composer.modelsFailed')}</span>{' '}
        <bdi className="text-soft">{say(problem.detail)}</bdi>
      </p>
      <Button size="small" onClick={onReload}>
        {t('ui.reload')}
      </Button>
    </div>
  )
}
