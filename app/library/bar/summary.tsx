'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import type { LibraryWeight } from '#lib/contract/library/library'
import { useFormat } from '#lib/messages/use-say'

interface SummaryProps {
  title: string
  weight: LibraryWeight | undefined
  isTrash: boolean
  canSelect: boolean
  onSelectAll: () => void
  onEmptyTrash: () => void
}

/** What is shown: how many items, and what they weigh in storage. */
export function Summary(props: SummaryProps) {
  const { title, weight, isTrash, canSelect, onSelectAll, onEmptyTrash } = props
  const t = useTranslations('library')
  const { bytes } = useFormat()
  return (
    <div className="mb-5 flex min-h-9 flex-wrap items-baseline gap-x-4 gap-y-1">
      <h2 dir="auto" className="text-lg font-semibold tracking-tight">
        {title}
      </h2>
      <p className="min-h-5 text-sm text-soft tabular-nums">
        {weight && t('weight', { count: weight.count, size: bytes(weight.bytes) })}
      </p>
      {isTrash && <p className="text-sm text-soft">{t('trashNote')}</p>}
      {canSelect && (
        <span className="ml-auto flex gap-1">
          <Button size="small" variant="quiet" onClick={onSelectAll}>
            {t('selectAll')}
          </Button>
          {isTrash && (
            <Button size="small" variant="danger" onClick={onEmptyTrash}>
              {t('emptyTrash')}
            </Button>
          )}
        </span>
      )}
    </div>
  )
}
