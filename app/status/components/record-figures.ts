import type { ProviderRecord } from '#lib/contract/provider-view'
import { formatUsd } from '../../../components/video/format-figures.ts'
import { formatSpan } from '../../../components/video/format-time.ts'

export interface RecordFigure {
  name: string
  /** What the name means, where it does not say so itself. */
  meaning?: string
  /** Null where there is no figure yet. */
  words: string | null
}

/** A provider's figures in the order they are shown, but for the two rates, which are drawn. */
export function recordFigures(record: ProviderRecord): RecordFigure[] {
  const { medianSeconds, p90Seconds, attempts, unknown, meanUsd, spentUsd } = record
  return [
    { name: 'Median time', words: spanWords(medianSeconds) },
    { name: 'p90 time', meaning: 'Nine of ten took no longer', words: spanWords(p90Seconds) },
    { name: 'Attempts', words: String(attempts) },
    { name: 'Unknown', meaning: 'The outcome is not known', words: String(unknown) },
    { name: 'Mean cost', words: meanUsd === null ? null : formatUsd(meanUsd) },
    { name: 'Spent', words: spentWords(spentUsd) },
  ]
}

/** `$0.00`, `$4.20`: money that was spent, which is never called free. */
export function spentWords(usd: number) {
  return usd === 0 ? '$0.00' : formatUsd(usd)
}

function spanWords(seconds: number | null) {
  return seconds === null ? null : formatSpan(seconds)
}
