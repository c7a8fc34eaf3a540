'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { useLineage } from '#lib/ai/api/reads/use-lineage'
import type { FileView } from '#lib/contract/file-view'
import { continuedBy, familyOf, type Kin } from '#lib/contract/library/family'
import { useSay } from '#lib/messages/use-say'
import { useStartEdit } from '../use-start-edit.ts'

/** What a file was made from, and what it led to, as small trees; nothing where it stands alone. */
export function Lineage({ view }: { view: FileView }) {
  const t = useTranslations('edits.lineage')
  const lineage = useLineage(view.id)
  if (!lineage || lineage.edges.length === 0) return null
  const { from, to } = familyOf(lineage)
  const continued = view.type === 'video' ? continuedBy(lineage) : undefined
  return (
    <div className="space-y-4 border-t border-hairline pt-4 text-sm">
      {from.length > 0 && <Tree label={t('from')} kin={from} />}
      {to.length > 0 && <Tree label={t('to')} kin={to} />}
      {continued && <JoinContinued ids={[continued, view.id]} />}
    </div>
  )
}

function Tree({ label, kin }: { label: string; kin: readonly Kin[] }) {
  return (
    <section aria-label={label}>
      <h3 className="mb-2 text-soft">{label}</h3>
      <ul className={listStyle}>
        <Kins kin={kin} />
      </ul>
    </section>
  )
}

const listStyle = 'space-y-2'

function Kins({ kin }: { kin: readonly Kin[] }) {
  return kin.map((one) => (
    <li key={one.node.id}>
      <Relative kin={one} />
      {one.kin.length > 0 && (
        <ul className={`${listStyle} mt-2 ml-4 border-l border-hairline pl-3`}>
          <Kins kin={one.kin} />
        </ul>
      )}
    </li>
  ))
}

function Relative({ kin: { node } }: { kin: Kin }) {
  const t = useTranslations('edits.lineage')
  const { posterUrl, url, title, isThere, type } = node
  const name = title || t(type ?? 'video')
  const picture = posterUrl ?? (type === 'image' ? url : null)
  return (
    <span className="flex items-center gap-2.5">
      <span
        aria-hidden="true"
        className="size-8 shrink-0 rounded-sm bg-raised bg-cover bg-center"
        style={picture ? { backgroundImage: `url("${picture}")` } : undefined}
      />
      {!isThere && <span className="text-soft">{t('gone')}</span>}
      {isThere && url && (
        <a
          dir="auto"
          href={url}
          target="_blank"
          rel="noreferrer"
          className="line-clamp-2 min-w-0 underline decoration-edge underline-offset-4 hover:decoration-ink"
        >
          {name}
        </a>
      )}
      {isThere && !url && (
        <span dir="auto" className="line-clamp-2 min-w-0">
          {name}
        </span>
      )}
    </span>
  )
}

/** One film of a video and the one that goes on from its last frame. */
function JoinContinued({ ids }: { ids: [first: string, next: string] }) {
  const t = useTranslations('edits')
  const say = useSay()
  const { start, isBusy, problem } = useStartEdit(() => {})
  return (
    <div>
      <Button
        size="small"
        aria-disabled={isBusy}
        onClick={() => {
          if (!isBusy) void start({ sources: ids, edit: { operation: 'join', continued: true } })
        }}
      >
        {t('joinWithParent')}
      </Button>
      {problem && (
        <p role="alert" className="mt-2 text-signal-ink">
          {say(problem.detail)}
        </p>
      )}
    </div>
  )
}
