import { useFormat } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import type { ProviderRecord, ProviderView } from '#lib/contract/provider-view'
import { ConditionMark, providerCondition } from './provider-condition.tsx'
import { Figure, Rate } from './rate.tsx'
import { ProviderLink, recordFigures } from './record-figures.tsx'
import type { RecordsProps } from './record-table.tsx'

/** The record of each provider on a card, for narrow screens. */
export function RecordCards({ providers }: RecordsProps) {
  return (
    <div className="border-b border-hairline lg:hidden">
      {providers.map((provider) => (
        <RecordCard key={provider.id} provider={provider} />
      ))}
    </div>
  )
}

function RecordCard({ provider }: { provider: ProviderView }) {
  const t = useTranslations('status')
  const { id, label, record } = provider
  const { tone, word } = providerCondition(provider)
  const headingId = `record-${id}`
  return (
    <article aria-labelledby={headingId} className="border-t border-hairline py-5 text-sm">
      <div className="flex items-baseline justify-between gap-4">
        <h3 id={headingId} className="text-base font-semibold tracking-tight">
          <ProviderLink id={id} label={label} />
        </h3>
        <ConditionMark tone={tone} word={word} />
      </div>
      {record.attempts ? (
        <Figures record={record} />
      ) : (
        <p className="mt-1 text-soft">{t('noAttempts')}</p>
      )}
    </article>
  )
}

function Figures({ record }: { record: ProviderRecord }) {
  const t = useTranslations('status')
  const format = useFormat()
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 tabular-nums sm:grid-cols-4 [&_dt]:text-soft">
      <div>
        <dt>{t('success')}</dt>
        <dd className="mt-0.5">
          <Rate rate={record.successRate} isGood />
        </dd>
      </div>
      <div>
        <dt>{t('fallback')}</dt>
        <dd className="mt-0.5">
          <Rate rate={record.fallbackRate} />
        </dd>
      </div>
      {recordFigures(record, format).map(({ name, words }) => (
        <div key={name}>
          <dt>{t(name)}</dt>
          <dd className="mt-0.5">
            <Figure words={words} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
