'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { serverNow } from '#lib/contract/answer-headers'
import type { BatchSummary } from '#lib/contract/library/batch'
import { useFormat } from '#lib/messages/use-say'
import { reportFailure } from '../../../hooks/report-failure.ts'
import { openIn, useBatches } from '../use-batch.ts'

/** The newest batches, each as one thing. */
export function BatchList() {
  const t = useTranslations('batch')
  const { batches, hasFailed, cancel, reload } = useBatches()
  if (hasFailed && !batches)
    return (
      <div className="text-sm">
        <p className="text-soft">{t('listFailed')}</p>
        <Button size="small" className="mt-2" onClick={reload}>
          {t('retry')}
        </Button>
      </div>
    )
  if (!batches || batches.length === 0) return null
  return (
    <section aria-labelledby="batches" className="mt-12">
      <h2 id="batches" className="text-lg font-semibold">
        {t('list')}
      </h2>
      <ul className="mt-3">
        {batches.map((batch) => (
          <BatchItem key={batch.id} batch={batch} onCancel={cancel} />
        ))}
      </ul>
    </section>
  )
}

const progressStyle = [
  'mt-2 block h-1 w-full appearance-none overflow-hidden rounded-full bg-hairline',
  '[&::-webkit-progress-bar]:bg-hairline [&::-webkit-progress-value]:bg-signal',
  '[&::-moz-progress-bar]:bg-signal forced-colors:appearance-auto',
].join(' ')

interface BatchItemProps {
  batch: BatchSummary
  onCancel: (id: string) => Promise<unknown>
}

function BatchItem({ batch, onCancel }: BatchItemProps) {
  const t = useTranslations('batch')
  const { moment } = useFormat()
  const [isCanceling, setIsCanceling] = useState(false)
  const { completed, failed, canceled } = batch.counts
  const open = openIn(batch)
  const cancel = () => {
    setIsCanceling(true)
    void reportFailure(onCancel(batch.id), () => {}).finally(() => setIsCanceling(false))
  }
  return (
    <li className="border-b border-hairline py-3 text-sm">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span dir="auto" className="min-w-0 font-medium wrap-anywhere">
          {batch.name || t('unnamed')}
        </span>
        <span className="text-soft tabular-nums">{moment(batch.createdAt, serverNow())}</span>
      </div>
      <progress
        aria-label={t('progressOf', { name: batch.name || t('unnamed') })}
        max={batch.total}
        value={batch.total - open}
        className={progressStyle}
      />
      <div className="mt-1 flex flex-wrap items-center justify-between gap-2">
        <p className="text-soft tabular-nums">
          {t('counts', { ready: completed, total: batch.total, open, failed, canceled })}
        </p>
        {open > 0 && (
          <Button size="small" variant="quiet" disabled={isCanceling} onClick={cancel}>
            {t('cancelRest')}
          </Button>
        )}
      </div>
    </li>
  )
}
