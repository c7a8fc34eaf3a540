import { useFormat } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import type { ProviderView } from '#lib/contract/provider-view'
import { ConditionMark, providerCondition } from './provider-condition.tsx'
import { Figure, Rate } from './rate.tsx'
import { ProviderLink, recordFigures } from './record-figures.tsx'

export interface RecordsProps {
  providers: readonly ProviderView[]
}

/** The record of each provider in a table, for wide screens. */
export function RecordTable({ providers }: RecordsProps) {
  const t = useTranslations('status')
  const format = useFormat()
  const [first] = providers
  if (!first) return null
  return (
    <table className="w-full text-sm tabular-nums max-lg:hidden">
      <caption className="sr-only">{t('caption')}</caption>
      <thead>
        <tr className="border-b border-hairline text-soft">
          <th scope="col" className={leftStyle}>
            {t('provider')}
          </th>
          <th scope="col" className={leftStyle}>
            {t('success')}
          </th>
          <th scope="col" className={leftStyle}>
            {t('fallback')}
          </th>
          {recordFigures(first.record, format).map(({ name, help }) => (
            <th key={name} scope="col" title={help && t(help)} className={rightStyle}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {providers.map((provider) => (
          <RecordRow key={provider.id} provider={provider} />
        ))}
      </tbody>
    </table>
  )
}

function RecordRow({ provider }: { provider: ProviderView }) {
  const format = useFormat()
  const { id, label, record } = provider
  const { tone, word } = providerCondition(provider)
  return (
    <tr className="h-16 border-b border-hairline">
      <th scope="row" className="pr-6 text-left font-semibold">
        <ProviderLink id={id} label={label} />
        <span className="mt-0.5 block font-normal text-soft">
          <ConditionMark tone={tone} word={word} />
        </span>
      </th>
      <td className="pr-6">
        <Rate rate={record.successRate} isGood />
      </td>
      <td className="pr-6">
        <Rate rate={record.fallbackRate} />
      </td>
      {recordFigures(record, format).map(({ name, words }) => (
        <td key={name} className="pl-4 text-right whitespace-nowrap">
          <Figure words={words} />
        </td>
      ))}
    </tr>
  )
}

const leftStyle = 'pr-6 pb-2 text-left font-normal whitespace-nowrap'
const rightStyle = 'pl-4 pb-2 text-right font-normal whitespace-nowrap'
