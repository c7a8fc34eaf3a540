'use client'

import { ArrowDownIcon, ArrowUpIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { IconButton } from '#components/ui/button'
import { Dialog } from '#components/ui/overlay/dialog'
import { editFaults, secondsOf } from '#lib/contract/edit/edit-limits'
import { formatTimecode } from '#lib/messages/format'
import type { EditedFilm } from './edited-film.ts'
import { StartEditButton } from './start-edit-button.tsx'

interface JoinDialogProps {
  films: readonly EditedFilm[]
  /** How many others were to be joined, and are gone. */
  missing?: number
  /** Whether each goes on from the last frame of the one before. */
  continued?: boolean | undefined
  isOpen: boolean
  onClose: () => void
}

/** Joins videos to one, in an order that is chosen here. */
export function JoinDialog({ isOpen, onClose, ...joined }: JoinDialogProps) {
  const t = useTranslations('edits')
  return (
    <Dialog title={t('join.title')} isOpen={isOpen} onClose={onClose}>
      <Joining key={joined.films.map(({ id }) => id).join()} {...joined} onJoined={onClose} />
    </Dialog>
  )
}

interface JoiningProps extends Omit<JoinDialogProps, 'isOpen' | 'onClose'> {
  onJoined: () => void
}

function Joining({ films, missing = 0, continued, onJoined }: JoiningProps) {
  const t = useTranslations('edits')
  const [order, setOrder] = useState(films)
  // In another order none begins with the last frame of the one before.
  const isContinued = continued && missing === 0 && order.every((film, at) => film === films[at])
  const edit = { operation: 'join', ...(isContinued && { continued }) } as const
  return (
    <div className="max-w-2xl space-y-5">
      {missing > 0 && (
        <output className="block text-sm text-pretty">
          {t('join.missing', { count: missing })}
        </output>
      )}
      <Order films={order} onMove={(place, by) => setOrder(moved(order, place, by))} />
      <p className="text-sm text-soft tabular-nums">
        {t('length', { length: formatTimecode(secondsOf(edit, order)) })}
      </p>
      <StartEditButton
        label={t('do.join', { count: order.length })}
        request={{ sources: order.map(({ id }) => id), edit }}
        fault={editFaults(edit, order)[0]?.message}
        onStarted={onJoined}
      />
    </div>
  )
}

interface OrderProps {
  films: readonly EditedFilm[]
  onMove: (place: number, by: number) => void
}

function Order({ films, onMove }: OrderProps) {
  const t = useTranslations('edits')
  return (
    <ol className="divide-y divide-hairline border-y border-hairline">
      {films.map((film, place) => (
        <li key={film.id} className="flex items-center gap-3 py-2">
          <span className="w-6 text-right font-mono text-tiny text-soft">{place + 1}</span>
          <Film film={film} />
          <IconButton
            label={t('join.up', { place: place + 1 })}
            aria-disabled={place === 0}
            onClick={() => onMove(place, -1)}
          >
            <ArrowUpIcon />
          </IconButton>
          <IconButton
            label={t('join.down', { place: place + 1 })}
            aria-disabled={place === films.length - 1}
            onClick={() => onMove(place, 1)}
          >
            <ArrowDownIcon />
          </IconButton>
        </li>
      ))}
    </ol>
  )
}

function Film({ film }: { film: EditedFilm }) {
  return (
    <>
      <span
        aria-hidden="true"
        className="h-10 w-16 shrink-0 bg-raised bg-cover bg-left"
        style={film.filmstripUrl ? { backgroundImage: `url("${film.filmstripUrl}")` } : undefined}
      />
      <span dir="auto" className="line-clamp-2 min-w-0 flex-1 text-sm">
        {film.title}
      </span>
      <span className="font-mono text-tiny text-soft">{formatTimecode(film.durationSeconds)}</span>
    </>
  )
}

function moved(films: readonly EditedFilm[], place: number, by: number) {
  const there = place + by
  if (there < 0 || there >= films.length) return films
  return films.map((film, at) =>
    at === place ? films[there]! : at === there ? films[place]! : film,
  )
}
