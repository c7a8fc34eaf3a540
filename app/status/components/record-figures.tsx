import { useTranslations } from 'next-intl'
import type { Format } from '#lib/messages/format'
import { useFormat } from '#lib/messages/use-say'
import type { ProviderRecord, ProviderView } from '#lib/contract/provider-view'
import { PageLink } from '../../page-link.tsx'

interface RecordFigure {
  name: 'medianTime' | 'p90' | 'attempts' | 'unknown' | 'meanCost' | 'spent'
  /** Explains a name that is not obvious. */
  help?: 'p90Help' | 'unknownHelp'
  /** Null where there is no figure yet. */
  words: string | null
}

/**
 * A provider's figures in the order shown, without the two rates, which are drawn as bars; money only for those who may
 * see it.
 */
export function recordFigures(record: ProviderRecord, format: Format): RecordFigure[] {
  const { medianSeconds, p90Seconds, attempts, unknown, meanUsd, spentUsd } = record
  const span = (seconds: number | null) => (seconds === null ? null : format.span(seconds))
  return [
    { name: 'medianTime', words: span(medianSeconds) },
    { name: 'p90', help: 'p90Help', words: span(p90Seconds) },
    { name: 'attempts', words: format.number(attempts) },
    { name: 'unknown', help: 'unknownHelp', words: format.number(unknown) },
    ...(spentUsd === null
      ? []
      : ([
          { name: 'meanCost', words: meanUsd === null ? null : format.usd(meanUsd) },
          { name: 'spent', words: format.money(spentUsd) },
        ] as const)),
  ]
}

/** The week in three figures. */
export function RecordTotals({ providers }: { providers: readonly ProviderView[] }) {
  const t = useTranslations('status')
  const format = useFormat()
  const sum = (field: 'attempts' | 'completed' | 'spentUsd') =>
    providers.reduce((total, { record }) => total + (record[field] ?? 0), 0)
  const hasMoney = providers.some(({ record }) => record.spentUsd !== null)
  const figures = [
    { name: 'videosMade', words: format.number(sum('completed')) },
    { name: 'attempts', words: format.number(sum('attempts')) },
    ...(hasMoney ? ([{ name: 'spent', words: format.money(sum('spentUsd')) }] as const) : []),
  ] as const
  return (
    <dl className="mb-8 flex flex-wrap gap-x-12 gap-y-4">
      {figures.map(({ name, words }) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-sm text-soft">{t(name)}</dt>
          <dd className="text-4xl font-semibold tracking-tighter tabular-nums">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A provider's name as a link to its settings. */
export function ProviderLink({ id, label }: { id: string; label: string }) {
  return (
    <PageLink
      href={`/settings#provider-${id}`}
      className="underline decoration-transparent underline-offset-4 hover:decoration-signal"
    >
      {label}
    </PageLink>
  )
}
