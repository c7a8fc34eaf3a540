'use client'

import { useTranslations } from 'next-intl'
import { lazy, Suspense } from 'react'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { sessionNotice } from '#components/video/failure/gone-notice'
import type { SessionTrouble } from '#lib/contract/answer-headers'
import { isFinal } from '#lib/contract/file-view'
import type { MediaType } from '#lib/contract/generation'
import type { Problem } from '#lib/contract/problem'
import { useSay } from '#lib/messages/use-say'
import type { Generator } from '../hooks/use-generator.ts'
import type { StudioActions } from '../actions/use-studio-actions.ts'
import { LostVideos } from './lost-videos.tsx'

// Loaded with the first card.
const HistoryCard = lazy(() =>
  import('./history-card.tsx').then((file) => ({ default: file.HistoryCard })),
)

interface HistoryProps {
  kind: MediaType
  generator: Generator<never>
  actions: StudioActions
}

/** The contact sheet: everything of its kind, newest first, except an unfinished one that is on the stage. */
export function History({ kind, generator, actions }: HistoryProps) {
  const t = useTranslations()
  const { currentGeneration: current, isLoadingHistory, historyError, historyTrouble } = generator
  const shown = generator.generations.filter(({ id }) => id !== current?.id || isFinal(current))
  return (
    <section
      aria-labelledby="history-heading"
      className="border-t border-hairline p-4 pb-[calc(var(--dock-height)+2rem)] lg:p-8 xl:p-12"
    >
      <div className="mb-6 flex min-h-11 items-center justify-between gap-4">
        <h2 id="history-heading" tabIndex={-1} className="text-lg font-semibold tracking-tight">
          {t('studio.history.title')}
        </h2>
        {shown.some(isFinal) && (
          <Button size="small" variant="quiet" onClick={() => actions.deletion.open('finished')}>
            {t('studio.history.clear')}
          </Button>
        )}
      </div>
      {historyError && <HistoryError problem={historyError} onReload={generator.reloadHistory} />}
      {historyTrouble && <TroubleNotice reason={historyTrouble} />}
      {!historyError && !shown.length && (
        <p className="text-sm text-soft">
          {isLoadingHistory ? t('ui.loading') : t('studio.history.empty', { kind })}
        </p>
      )}
      <div className="flex flex-wrap items-start gap-x-5 gap-y-9">
        {!historyError && !isLoadingHistory && <LostVideos files={generator.generations} />}
        <Suspense fallback={<p className="text-sm text-soft">{t('ui.loading')}</p>}>
          {shown.map((view) => (
            <CardBoundary key={view.id} className="w-44">
              <HistoryCard initial={view} handlers={actions.handlers} />
            </CardBoundary>
          ))}
        </Suspense>
      </div>
      {generator.hasMore && (
        <Button className="mt-10" onClick={() => void generator.loadMore()}>
          {t('studio.history.more')}
        </Button>
      )}
    </section>
  )
}

/** Why the list is the one from before. */
function TroubleNotice({ reason }: { reason: SessionTrouble }) {
  const say = useSay()
  return (
    <p role="alert" className="mb-6 max-w-prose border-l-2 border-signal pl-4 text-sm text-pretty">
      {say(sessionNotice(reason))}
    </p>
  )
}

/** The list could not be loaded; what is in it is safe. */
function HistoryError({ problem, onReload }: { problem: Problem; onReload: () => void }) {
  const t = useTranslations()
  const say = useSay()
  return (
    <div className="mb-6 flex items-center gap-4 border-l-2 border-signal pl-4 text-sm">
      <p className="min-w-0">
        <span>{t('studio.history.loadFailed')}</span>{' '}
        <bdi className="text-soft">{say(problem.detail)}</bdi>
      </p>
      <Button size="small" onClick={onReload}>
        {t('ui.reload')}
      </Button>
    </div>
  )
}
