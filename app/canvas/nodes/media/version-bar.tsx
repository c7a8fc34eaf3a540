'use client'

import { ClapperboardIcon, ColumnsIcon, PinIcon, PinOffIcon, RefreshCwIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { IconButton } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import { lazyPart } from '#components/ui/lazy-part'
import { VersionStepper } from '#components/ui/version-stepper'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import { peekView } from '#lib/delivery/file-store'
import { shownOf, type ShelfItem } from '#lib/delivery/library/shelf-item'
import { useEditor } from '../../surface/editor.ts'
import type { BodyProps } from '../body-props.ts'
import { addVideoFrom } from './video-from.ts'

const CompareDialog = lazyPart(() =>
  import('../../../library/compare/compare-dialog.tsx').then((file) => file.CompareDialog),
)

interface VersionBarProps extends BodyProps<MediaNode> {
  shown: string
  onPrompt: () => void
}

/** Steps through the versions of a node, compares two, and pins the one that others use. */
export function VersionBar({ node, doc, shown, onPrompt }: VersionBarProps) {
  const t = useTranslations('canvasNodes')
  const { goTo } = useEditor()
  const { versions, pinned } = node
  const place = versions.indexOf(shown) + 1
  const pin = (id: string | null) =>
    doc.apply([{ change: 'set', id: node.id, fields: { pinned: id } }])
  return (
    <div className="nodrag flex shrink-0 flex-wrap items-center justify-end gap-x-0.5">
      <VersionStepper
        place={place}
        count={versions.length}
        onStep={(next) => pin(next === versions.length ? null : versions[next - 1]!)}
      />
      {versions.length > 1 && (
        <>
          <Compare left={versions[place - 2] ?? versions.at(-1)!} right={shown} />
          <IconButton
            label={t(pinned ? 'unpin' : 'pin')}
            aria-pressed={pinned !== null}
            onClick={() => pin(pinned ? null : shown)}
          >
            {pinned ? <PinOffIcon /> : <PinIcon />}
          </IconButton>
        </>
      )}
      <IconButton
        label={t('videoFrom', { kind: node.kind })}
        onClick={() => goTo(addVideoFrom(doc, node))}
      >
        <ClapperboardIcon />
      </IconButton>
      <IconButton label={t('again')} onClick={onPrompt}>
        <RefreshCwIcon />
      </IconButton>
    </div>
  )
}

/** The shown version next to the one before it. */
function Compare({ left, right }: { left: string; right: string }) {
  const t = useTranslations('canvasNodes')
  const [pair, setPair] = useState<{ left: ShelfItem; right: ShelfItem } | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const open = () => {
    const items = [itemOf(left), itemOf(right)]
    if (!items[0] || !items[1]) return
    setPair({ left: items[0], right: items[1] })
    setIsOpen(true)
  }
  return (
    <>
      <IconButton label={t('compare')} onClick={open}>
        <ColumnsIcon />
      </IconButton>
      {pair && (
        <CardBoundary>
          <CompareDialog pair={pair} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </CardBoundary>
      )}
    </>
  )
}

/** A finished version as the library's compare takes it; undefined for what has not been read. */
function itemOf(id: string): ShelfItem | undefined {
  const view = peekView(id)
  if (view?.status !== 'completed') return undefined
  const { type, kind: source, createdAt } = view
  const unsorted = { isStarred: false, collections: [], trashedAt: null, deletedFrom: null }
  const weightBytes = view.sizeBytes ?? 0
  return { id, type, source, createdAt, weightBytes, ...unsorted, ...shownOf(view) }
}
