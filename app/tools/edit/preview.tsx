'use client'

import { PauseIcon, PlayIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type PointerEvent, useRef } from 'react'
import { Button } from '#components/ui/button'
import { cropRatios, partAround } from '#lib/contract/edit/crop-part'
import type { EditedFilm } from './edited-film.ts'
import { PosterButtons } from './poster/poster-buttons.tsx'
import type { Editor } from './use-editor.ts'
import type { SpanPlayer } from './use-span-player.ts'

interface PreviewProps {
  film: EditedFilm
  editor: Editor
  player: SpanPlayer
}

/** The video as it will be: its span is played, and what is cut away is dark. */
export function Preview({ film, editor, player }: PreviewProps) {
  const t = useTranslations('edits')
  const { operation } = editor.values
  const { attach, isPlaying, shownAt, toggle } = player
  const ratio = film.width / film.height
  const isSilent = operation === 'mute' || operation === 'animation'
  return (
    <div className="space-y-3">
      <div
        className="relative mx-auto overflow-hidden bg-black"
        style={{ aspectRatio: ratio, width: `min(100%, calc(52dvh * ${ratio}))` }}
      >
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown */}
        <video
          ref={attach}
          src={film.url}
          poster={film.posterUrl ?? undefined}
          aria-label={t('preview')}
          muted={isSilent}
          playsInline
          preload="auto"
          className="absolute inset-0 size-full"
        />
        {operation === 'crop' && <CropFrame film={film} editor={editor} />}
      </div>
      <div className="flex flex-wrap justify-center gap-2">
        {operation !== 'frame' && (
          <Button size="small" onClick={toggle}>
            {isPlaying ? <PauseIcon /> : <PlayIcon />}
            <span>{isPlaying ? t('pause') : t('play')}</span>
          </Button>
        )}
        <PosterButtons film={film} shownAt={shownAt} />
      </div>
    </div>
  )
}

/** What stays in view; a press or a drag moves it. The sliders beside do the same. */
function CropFrame({ film, editor: { values, change } }: Pick<PreviewProps, 'film' | 'editor'>) {
  const whole = useRef<HTMLDivElement>(null)
  const part = partAround(film, cropRatios[values.aspectRatio], values.focus)
  const move = (event: PointerEvent) => {
    const box = whole.current?.getBoundingClientRect()
    if (!box) return
    const share = (at: number, length: number) => Math.round(clamp(at / length) * 100) / 100
    change({
      focus: {
        x: share(event.clientX - box.left, box.width),
        y: share(event.clientY - box.top, box.height),
      },
    })
  }
  const percent = (length: number, side: number) => `${(length / side) * 100}%`
  return (
    <div
      ref={whole}
      aria-hidden="true"
      data-crop
      className="absolute inset-0 cursor-move touch-none"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        move(event)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) move(event)
      }}
    >
      <div
        className="absolute outline-2 outline-signal [box-shadow:0_0_0_100vmax_rgb(0_0_0/0.65)]"
        style={{
          left: percent(part.left, film.width),
          top: percent(part.top, film.height),
          width: percent(part.width, film.width),
          height: percent(part.height, film.height),
        }}
      />
      <div
        className="absolute size-5 -translate-1/2 rounded-full border-2 border-white bg-signal"
        style={{ left: `${values.focus.x * 100}%`, top: `${values.focus.y * 100}%` }}
      />
    </div>
  )
}

function clamp(share: number) {
  return Math.min(1, Math.max(0, share))
}
