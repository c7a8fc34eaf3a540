'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { Button } from '#components/ui/button'
import { checkTopUp } from '#lib/ai/api/people/usage'
import { useFormat } from '#lib/messages/use-say'
import { useAnswer } from '../../../people/use-answer.ts'
import { LoadProblem } from '../../../status/components/load-problem.tsx'

interface TopUpStateProps {
  id: string
  onPaid: () => Promise<void>
}

/** How the payment is that the user comes back from. */
export function TopUpState({ id, onPaid }: TopUpStateProps) {
  const t = useTranslations('usage')
  const { money } = useFormat()
  const { answer, error, reload } = useAnswer(`top-up ${id}`, () => checkTopUp(id))
  const isPaid = answer?.state === 'paid'
  const paid = useEffectEvent(() => void onPaid())
  useEffect(() => {
    if (isPaid) paid()
  }, [isPaid])
  if (error)
    return (
      <div className="mb-6">
        <LoadProblem title={t('checkFailed')} problem={error} onRetry={() => void reload()} />
      </div>
    )
  return (
    <output className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-l-2 border-signal py-1 pl-4 text-sm tabular-nums">
      <p className="min-w-0">
        {answer ? t(`payment_${answer.state}`, { price: money(answer.usd) }) : t('checking')}
      </p>
      {answer?.state === 'open' && (
        <Button size="small" onClick={() => void reload()}>
          {t('checkPayment')}
        </Button>
      )}
    </output>
  )
}
