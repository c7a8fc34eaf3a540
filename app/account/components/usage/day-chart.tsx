'use client'

import { useTranslations } from 'next-intl'
import { Disclosure } from '#components/ui/disclosure'
import { serverNow } from '#lib/contract/answer-headers'
import type { UsageDay } from '#lib/contract/people/usage'
import { useFormat } from '#lib/messages/use-say'
import { Section } from '../../../people/section-page.tsx'
import { chartOf } from './chart-of.ts'

/** What was spent by day, as bars; and as a table, by model too. */
export function DayChart({ days }: { days: readonly UsageDay[] }) {
  const t = useTranslations('usage')
  const { money, date } = useFormat()
  const bars = chartOf(days, serverNow())
  const usd = days.reduce((sum, day) => sum + day.usd, 0)
  const count = days.reduce((sum, day) => sum + day.videos, 0)
  if (count === 0)
    return (
      <Section id="days-heading" title={t('days')}>
        <p className="text-sm text-soft">{t('daysNone')}</p>
      </Section>
    )
  return (
    <Section id="days-heading" title={t('days')} help={t('daysHelp')}>
      <p className="text-sm tabular-nums">{t('total', { spent: money(usd), count })}</p>
      <div
        aria-hidden="true"
        className="mt-4 flex h-28 items-end gap-px border-b border-edge forced-color-adjust-none sm:gap-1"
      >
        {bars.map((bar) => (
          <span
            key={bar.day}
            title={`${date(bar.day)}: ${money(bar.usd)}`}
            className="flex h-full flex-1 items-end hover:bg-ink/7"
          >
            <span style={{ height: `${bar.share * 100}%` }} className="block w-full bg-ink" />
          </span>
        ))}
      </div>
      <div
        aria-hidden="true"
        className="mt-1.5 mb-4 flex justify-between text-tiny text-soft tabular-nums"
      >
        <span>{date(bars[0]!.day)}</span>
        <span>{date(bars.at(-1)!.day)}</span>
      </div>
      <Disclosure label={t('table')}>
        <DayTable days={days} />
      </Disclosure>
    </Section>
  )
}

function DayTable({ days }: { days: readonly UsageDay[] }) {
  const t = useTranslations('usage')
  const { money, date, number } = useFormat()
  return (
    <table className="w-full text-left text-sm tabular-nums [&_td]:py-1.5 [&_td]:pr-3 [&_th]:pr-3 [&_th]:pb-1.5 [&_th]:font-normal [&_th]:text-soft">
      <thead>
        <tr>
          <th>{t('day')}</th>
          <th>{t('model')}</th>
          <th>{t('videos')}</th>
          <th>{t('spent')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-hairline">
        {days.map(({ day, model, modelLabel, videos, usd }) => (
          <tr key={`${day} ${model}`}>
            <td>{date(day)}</td>
            <td className="wrap-anywhere">{modelLabel}</td>
            <td>{number(videos)}</td>
            <td>{money(usd)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
