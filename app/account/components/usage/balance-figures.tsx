'use client'

import { useTranslations } from 'next-intl'
import type { UsageView } from '#lib/contract/people/usage'
import { useFormat } from '#lib/messages/use-say'

/** What there is, what is held and what was spent, in large figures. Where nothing is charged, it says so. */
export function BalanceFigures({ usage: { billing, balance } }: { usage: UsageView }) {
  const t = useTranslations('usage')
  const { availableUsd, heldUsd, spentUsd } = balance
  const isCredits = billing === 'credits'
  return (
    <>
      <dl className="flex flex-wrap gap-x-12 gap-y-5">
        {isCredits && <Figure label={t('available')} usd={availableUsd} isMain isBalance />}
        <Figure label={t('held')} usd={heldUsd} />
        <Figure label={t('spent')} usd={spentUsd} isMain={!isCredits} />
      </dl>
      <p className="mt-4 max-w-prose text-sm text-pretty text-soft">
        {t(isCredits ? 'heldHelp' : 'offHelp')}
      </p>
    </>
  )
}

interface FigureProps {
  label: string
  usd: number
  isMain?: boolean
  /** It is there to be spent. */
  isBalance?: boolean
}

function Figure({ label, usd, isMain = false, isBalance = false }: FigureProps) {
  const { money, balance } = useFormat()
  return (
    <div className={isMain ? 'order-first' : undefined}>
      <dt className="text-sm text-soft">{label}</dt>
      <dd
        className={`mt-1 text-3xl tracking-tight tabular-nums ${isMain ? 'font-semibold' : 'text-soft'}`}
      >
        {(isBalance ? balance : money)(usd)}
      </dd>
    </div>
  )
}
