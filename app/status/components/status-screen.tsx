'use client'

import { useFormat } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button'
import { useProviders } from '#lib/ai/api/reads/use-providers'
import { RoomPage } from '../../room-page.tsx'
import { InstallationSection } from './installation-section.tsx'
import { LoadProblem } from './load-problem.tsx'
import { RecordCards } from './record-cards.tsx'
import { RecordTotals } from './record-figures.tsx'
import { RecordTable } from './record-table.tsx'
import { PageLink } from '../../page-link.tsx'

/** The health of the installation, and the record of its providers in the last seven days. */
export function StatusScreen() {
  const t = useTranslations('status')
  const { answer, error, reload } = useProviders()
  const isEmpty = answer?.providers.every(({ record }) => record.attempts === 0)
  return (
    <RoomPage room="status">
      <InstallationSection />
      {answer && answer.parked > 0 && <ParkedNotice count={answer.parked} />}
      <section aria-labelledby="providers-heading" className="mt-14">
        <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <h2 id="providers-heading" className="text-lg font-semibold tracking-tight">
            {t('providers')}
          </h2>
          <p className="min-h-5 text-sm text-soft max-sm:w-full">
            {answer && <RenewedAt at={answer.readAtMs} />}
          </p>
        </div>
        {error && (
          <div className="mb-8">
            <LoadProblem
              title={t(answer ? 'stale' : 'loadFailed')}
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
            <RecordTable providers={answer.providers} />
            <RecordCards providers={answer.providers} />
            <Definition />
          </>
        )}
      </section>
    </RoomPage>
  )
}

/** Videos that ran into a fault of this studio: nothing of them is lost, and nothing goes on by itself. */
function ParkedNotice({ count }: { count: number }) {
  const t = useTranslations('status')
  return (
    <output className="mt-8 block max-w-3xl border-l-2 border-signal pl-4 text-sm text-pretty">
      {t('parked', { count })}
    </output>
  )
}

function RenewedAt({ at }: { at: number }) {
  const t = useTranslations('status')
  const iso = new Date(at).toISOString()
  const time = useFormat().time(iso)
  return (
    <time dateTime={iso} className="tabular-nums">
      {t('updated', { time })}
    </time>
  )
}

function Definition() {
  const t = useTranslations('status')
  return <p className="mt-6 max-w-3xl text-sm text-pretty text-soft">{t('definition')}</p>
}

/** Shown until the first video is made. */
function NoVideosYet() {
  const t = useTranslations('status')
  return (
    <div className="border-y border-hairline py-10">
      <p aria-hidden="true" className="unexposed relative mb-6 h-16 w-28 rounded-sm">
        <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
      </p>
      <h3 className="text-lg font-semibold tracking-tight">{t('empty')}</h3>
      <p className="mt-1 mb-5 text-sm text-soft">{t('emptyHelp')}</p>
      <PageLink href="/tools/video-generator" className={buttonStyle({ variant: 'outline' })}>
        {t('makeVideo')}
      </PageLink>
    </div>
  )
}

const rows = ['a', 'b', 'c', 'd', 'e']

/** Keeps the place of the figures while they load. */
function RecordSkeleton() {
  const t = useTranslations('ui')
  return (
    <div>
      <p className="sr-only">{t('loading')}</p>
      <div className="mb-8 flex h-15 items-start gap-12">
        {['a', 'b', 'c'].map((key) => (
          <span key={key} className="unexposed block h-9 w-20 rounded-sm" />
        ))}
      </div>
      <div className="h-7 border-b border-hairline max-lg:hidden" />
      {rows.map((key) => (
        <div
          key={key}
          className="flex h-56 items-center gap-8 border-b border-hairline max-lg:first-of-type:border-t sm:h-38 lg:h-16"
        >
          <span className="unexposed block h-5 w-32 rounded-sm" />
          <span className="unexposed block h-5 flex-1 rounded-sm" />
        </div>
      ))}
    </div>
  )
}
