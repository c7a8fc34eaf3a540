'use client'

import { useProviders } from '#lib/ai/api/use-providers'
import { RoomPage } from '../../room-page.tsx'
import { InstallationSection } from './installation-section.tsx'
import { LoadProblem } from './load-problem.tsx'
import { NoVideosYet } from './no-videos-yet.tsx'
import { RecordCards } from './record-cards.tsx'
import { RecordSkeleton } from './record-skeleton.tsx'
import { RecordTable } from './record-table.tsx'
import { RecordTotals } from './record-totals.tsx'

/** How the installation is, and what its providers did in the last seven days. */
export function StatusScreen() {
  const { answer, error, reload } = useProviders()
  const isEmpty = answer?.providers.every(({ record }) => record.attempts === 0)
  return (
    <RoomPage room="Status">
      <InstallationSection />
      <section aria-labelledby="providers-heading" className="mt-14">
        <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <h2 id="providers-heading" className="text-lg font-semibold tracking-tight">
            Providers, last seven days
          </h2>
          <p className="min-h-5 text-sm text-soft max-sm:w-full">
            {answer && <RenewedAt at={answer.readAtMs} />}
          </p>
        </div>
        {error && (
          <div className="mb-8">
            <LoadProblem
              title={answer ? 'These figures are not fresh.' : 'The figures could not be loaded.'}
              problem={error}
              onRetry={reload}
            />
          </div>
        )}
        {!answer && !error && <RecordSkeleton />}
        {isEmpty && <NoVideosYet />}
        {answer && !isEmpty && (
          <>
            <RecordTotals providers={answer.providers} />
            <RecordTable providers={answer.providers} nowMs={answer.readAtMs} />
            <RecordCards providers={answer.providers} nowMs={answer.readAtMs} />
            <Definition />
          </>
        )}
      </section>
    </RoomPage>
  )
}

function RenewedAt({ at }: { at: number }) {
  return (
    <>
      Renewed every 30 s, last at{' '}
      <time dateTime={new Date(at).toISOString()} className="tabular-nums">
        {new Date(at).toLocaleTimeString('en-GB')}
      </time>
    </>
  )
}

function Definition() {
  return (
    <p className="mt-6 max-w-3xl text-sm text-pretty text-soft">
      An attempt is one call to a provider for one video. Success is the share of them that brought
      their video; those canceled, of unknown outcome or still at work do not count. Fallback is the
      share of all attempts that were refused and taken over by another provider. Nine of ten videos
      took no longer than the p90 time.
    </p>
  )
}
