import Link from 'next/link'
import { formatSpan, formatUsd } from '#components/ui/format.ts'
import type { ProviderRecord, ProviderView } from '#lib/contract/provider-view'

interface RecordFigure {
  name: string
  /** Explains a name that is not obvious. */
  meaning?: string
  /** Null where there is no figure yet. */
  words: string | null
}

/** A provider's figures in the order shown, without the two rates, which are drawn as bars. */
export function recordFigures(record: ProviderRecord): RecordFigure[] {
  const { medianSeconds, p90Seconds, attempts, unknown, meanUsd, spentUsd } = record
  return [
    { name: 'Median time', words: spanLabel(medianSeconds) },
    { name: 'p90 time', meaning: 'Nine of ten took no longer', words: spanLabel(p90Seconds) },
    { name: 'Attempts', words: String(attempts) },
    { name: 'Unknown', meaning: 'The outcome is not known', words: String(unknown) },
    { name: 'Mean cost', words: meanUsd === null ? null : formatUsd(meanUsd) },
    { name: 'Spent', words: spentLabel(spentUsd) },
  ]
}

/** `$0.00`, `$4.20`: money spent, never "free". */
function spentLabel(usd: number) {
  return usd === 0 ? '$0.00' : formatUsd(usd)
}

function spanLabel(seconds: number | null) {
  return seconds === null ? null : formatSpan(seconds)
}

/** The week in three figures. */
export function RecordTotals({ providers }: { providers: readonly ProviderView[] }) {
  const sum = (field: 'attempts' | 'completed' | 'spentUsd') =>
    providers.reduce((total, { record }) => total + record[field], 0)
  const figures = [
    { name: 'Videos made', words: String(sum('completed')) },
    { name: 'Attempts', words: String(sum('attempts')) },
    { name: 'Spent', words: spentLabel(sum('spentUsd')) },
  ]
  return (
    <dl className="mb-8 flex flex-wrap gap-x-12 gap-y-4">
      {figures.map(({ name, words }) => (
        <div key={name} className="flex flex-col-reverse">
          <dt className="text-sm text-soft">{name}</dt>
          <dd className="text-4xl font-semibold tracking-tighter tabular-nums">{words}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A provider's name as a link to its settings. */
export function ProviderLink({ id, label }: { id: string; label: string }) {
  return (
    <Link
      href={`/settings#provider-${id}`}
      prefetch={false}
      className="underline decoration-transparent underline-offset-4 hover:decoration-signal"
    >
      {label}
    </Link>
  )
}
