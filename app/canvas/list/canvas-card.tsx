'use client'

import { MoreHorizontalIcon, WorkflowIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { MenuButton } from '#components/ui/overlay/menu-button'
import type { CanvasSummary } from '#lib/contract/canvas/canvas'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { PageLink } from '../../page-link.tsx'
import type { CanvasList } from './use-canvases.ts'

interface CanvasCardProps {
  canvas: CanvasSummary
  list: CanvasList
}

/** A canvas by its newest pictures; a click opens it. */
export function CanvasCard({ canvas, list }: CanvasCardProps) {
  const t = useTranslations('canvasList')
  const say = useSay()
  const name = canvas.name || t('unnamed')
  return (
    <li className="group relative min-w-0">
      <Pictures posters={canvas.posters} />
      <div className="mt-3 flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <h2 className="font-medium">
            <PageLink
              href={`/canvas/${canvas.id}`}
              className="line-clamp-2 wrap-anywhere after:absolute after:inset-0 after:rounded-md hover:underline hover:underline-offset-4"
            >
              <bdi>{name}</bdi>
            </PageLink>
          </h2>
          <p className="mt-1 text-sm text-soft tabular-nums">
            {say(
              message('canvasList.facts', {
                nodes: canvas.nodes,
                at: { moment: canvas.changedAt },
              }),
            )}
          </p>
        </div>
        <div className="relative z-1">
          <MenuButton label={t('actions', { name })} items={useItems({ canvas, list })}>
            <MoreHorizontalIcon />
          </MenuButton>
        </div>
      </div>
    </li>
  )
}

function useItems({ canvas, list: { actions, open } }: CanvasCardProps) {
  const t = useTranslations('canvasList.do')
  if (canvas.isTrashed)
    return [
      { label: t('restore'), onSelect: () => void actions.restore(canvas) },
      { label: t('delete'), onSelect: () => open({ kind: 'delete', canvas }) },
    ]
  return [
    { label: t('rename'), onSelect: () => open({ kind: 'rename', canvas }) },
    { label: t('duplicate'), onSelect: () => void actions.duplicate(canvas) },
    { label: t('export'), onSelect: () => actions.save(canvas) },
    { label: t('trash'), onSelect: () => void actions.trash(canvas) },
  ]
}

/** One picture fills the sheet; more stand side by side. */
function Pictures({ posters }: { posters: readonly string[] }) {
  return (
    <div className="grid aspect-video auto-cols-fr grid-flow-col gap-px overflow-hidden rounded-md border border-hairline bg-raised [background-image:radial-gradient(var(--color-hairline)_1px,transparent_1px)] [background-size:1rem_1rem]">
      {posters.map((url) => (
        // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
        <img
          key={url}
          src={url}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          className="size-full min-w-0 object-cover"
        />
      ))}
      {posters.length === 0 && (
        <WorkflowIcon aria-hidden="true" className="m-auto size-8 text-soft opacity-60" />
      )}
    </div>
  )
}
