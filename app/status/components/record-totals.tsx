import type { ProviderView } from '#lib/contract/provider-view'
import { spentWords } from './record-figures.ts'

/** The week in three figures. */
export function RecordTotals({ providers }: { providers: readonly ProviderView[] }) {
  const sum = (field: 'attempts' | 'completed' | 'spentUsd') =>
    providers.reduce((total, { record }) => total + record[field], 0)
  const figures = [
    { name: 'Videos made', words: String(sum('completed')) },
    { name: 'Attempts', words: String(sum('attempts')) },
    { name: 'Spent', words: spentWords(sum('spentUsd')) },
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
