'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Select } from '#components/ui/form/select'
import { readSpending } from '#lib/ai/api/people/admin-money'
import { serverNow } from '#lib/contract/answer-headers'
import type { OwnerSpending, SpendingView } from '#lib/contract/people/admin-money'
import { useFormat } from '#lib/messages/use-say'
import { Awaited, Section, rowStyle, rowsStyle } from '../../../people/section-page.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import { monthsUpTo } from './months.ts'

/** What was spent in a month, and by whom. */
export function SpendingSection() {
  const t = useTranslations()
  const months = monthsUpTo(serverNow())
  const { month: nameOf } = useFormat()
  const [month, setMonth] = useState(months[0]!)
  const { answer, error, reload } = useAnswer(`spending ${month}`, () => readSpending(month))
  return (
    <Section
      id="spending-heading"
      title={t('adminMoney.spending')}
      help={t('adminMoney.spendingHelp')}
      aside={
        <div className="w-44">
          <Select
            aria-label={t('adminMoney.month')}
            value={month}
            onChange={({ target }) => setMonth(target.value)}
          >
            {months.map((one) => (
              <option key={one} value={one}>
                {nameOf(one)}
              </option>
            ))}
          </Select>
        </div>
      }
    >
      <Awaited answer={answer} error={error} reload={reload} />
      {answer && <Spending spending={answer} />}
    </Section>
  )
}

function Spending({ spending: { usd, owners } }: { spending: SpendingView }) {
  const t = useTranslations('adminMoney')
  const { money } = useFormat()
  return (
    <>
      <p className="text-3xl font-semibold tracking-tight tabular-nums">{money(usd)}</p>
      {owners.length === 0 ? (
        <p className="mt-3 text-sm text-soft">{t('noSpending')}</p>
      ) : (
        <ul aria-label={t('owners')} className={`${rowsStyle} mt-5`}>
          {owners.map((owner) => (
            <OwnerRow key={`${owner.kind} ${owner.id}`} owner={owner} />
          ))}
        </ul>
      )}
    </>
  )
}

function OwnerRow({ owner: { kind, id, name, email, isVisitor, usd } }: { owner: OwnerSpending }) {
  const t = useTranslations('adminMoney')
  const { money } = useFormat()
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1">
        <p dir="auto" className="wrap-anywhere">
          {isVisitor ? t('visitor') : (name ?? t('gone'))}
        </p>
        <p dir="auto" className="text-soft wrap-anywhere">
          {kind === 'organization' ? t('organization') : (email ?? id)}
        </p>
      </div>
      <span className="tabular-nums">{money(usd)}</span>
    </li>
  )
}
