'use client'

import { useTranslations } from 'next-intl'
import { progressEstimate, useNow } from '#components/video/progress/progress-estimate.ts'
import { progressLabel } from '#components/video/progress/progress-label.ts'
import { statusLabel } from '#components/video/progress/status-label.ts'
import type { FileView } from '#lib/contract/file-view'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { useFile } from '#lib/delivery/use-file'
import { formatTimecode } from '#lib/messages/format'
import { useFormat, useSay } from '#lib/messages/use-say'

/** What an item is in a few figures; of one that is being made, how far it is. */
export function TileFacts({ item }: { item: ShelfItem }) {
  const t = useTranslations()
  const { bytes } = useFormat()
  if (item.view) return <OpenFacts initial={item.view} />
  if (item.status === 'failed' || item.status === 'canceled')
    return <span>{t(`card.state.${item.status}`)}</span>
  const facts = [
    item.seconds !== null && formatTimecode(item.seconds),
    item.source === 'upload' && t('library.source.upload'),
    item.source === 'edit' && t('library.source.edit'),
    item.weightBytes > 0 && bytes(item.weightBytes),
  ]
  return <span>{facts.filter(Boolean).join(', ')}</span>
}

function OpenFacts({ initial }: { initial: FileView }) {
  const { file = initial } = useFile(initial.id, initial)
  const say = useSay()
  const progress = progressLabel(progressEstimate(file, useNow()))
  return (
    <span>
      {[statusLabel(file), progress]
        .filter((fact) => fact !== null)
        .map(say)
        .join(', ')}
    </span>
  )
}
