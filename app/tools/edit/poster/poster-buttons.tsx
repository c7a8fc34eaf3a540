'use client'

import { ImageIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { useSay } from '#lib/messages/use-say'
import type { EditedFilm } from '../edited-film.ts'
import { usePoster } from './use-poster.ts'

interface PosterButtonsProps {
  film: Pick<EditedFilm, 'id' | 'posterSeconds'>
  /** The second that the preview shows. */
  shownAt: () => number
}

/** Makes the frame that is shown the poster of the video, or goes back to the usual one. */
export function PosterButtons({ film, shownAt }: PosterButtonsProps) {
  const t = useTranslations('poster')
  const say = useSay()
  const { choose, restore, isBusy, problem } = usePoster(film.id)
  const [seconds, setSeconds] = useState(film.posterSeconds)
  const [said, setSaid] = useState('')
  const first = useRef<HTMLButtonElement>(null)
  const run = async (change: () => Promise<number | null | undefined>) => {
    if (isBusy) return
    setSaid('')
    const now = await change()
    if (now === undefined) return
    setSeconds(now)
    setSaid(t(now === null ? 'restored' : 'chosen'))
    // The way back goes with its button.
    if (now === null) first.current?.focus()
  }
  return (
    <>
      <Button
        ref={first}
        size="small"
        aria-disabled={isBusy}
        onClick={() => void run(() => choose(Math.round(shownAt() * 1_000) / 1_000))}
      >
        <ImageIcon />
        <span>{t('use')}</span>
      </Button>
      {seconds !== null && (
        <Button
          size="small"
          variant="quiet"
          aria-disabled={isBusy}
          onClick={() => void run(restore)}
        >
          {t('restore')}
        </Button>
      )}
      <output className="block w-full text-center text-sm text-soft">{said}</output>
      {problem && (
        <p role="alert" className="w-full text-center text-sm text-signal-ink">
          {say(problem.detail)}
        </p>
      )}
    </>
  )
}
