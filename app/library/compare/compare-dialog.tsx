'use client'

import { PauseIcon, PlayIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/form/select'
import { Dialog } from '#components/ui/overlay/dialog'
import type { ShelfItem } from '#lib/delivery/library/shelf-item'
import { formatTimecode } from '#lib/messages/format'
import { useFormat } from '#lib/messages/use-say'
import { type ComparedPair, ImageSlider } from './image-slider.tsx'
import { type Playback, usePlayback } from './use-playback.ts'

interface CompareDialogProps {
  pair: ComparedPair
  isOpen: boolean
  onClose: () => void
}

/** Two items side by side: films by one play button and one scrubber, pictures behind a slider. Space plays. */
export function CompareDialog({ pair, isOpen, onClose }: CompareDialogProps) {
  const t = useTranslations('library.compare')
  return (
    <Dialog title={t('title')} isOpen={isOpen} onClose={onClose}>
      <Compared key={`${pair.left.id} ${pair.right.id}`} {...pair} />
    </Dialog>
  )
}

type Sound = 'none' | 'left' | 'right'

function Compared({ left, right }: ComparedPair) {
  const playback = usePlayback()
  const [sound, setSound] = useState<Sound>('none')
  const items = [left, right] as const
  if (items.every(({ type }) => type === 'image'))
    return (
      <>
        <ImageSlider left={left} right={right} />
        <Captions items={items} />
      </>
    )
  const onKeyDown = (event: KeyboardEvent) => {
    // Buttons and fields have a Space of their own.
    if (event.key !== ' ' || (event.target as Element).closest('button, select')) return
    event.preventDefault()
    playback.toggle()
  }
  return (
    <div role="presentation" onKeyDown={onKeyDown}>
      <div className="grid grid-cols-2 items-end gap-2 sm:gap-4">
        {items.map((item, place) => (
          <Side
            key={item.id}
            item={item}
            place={place as 0 | 1}
            isMuted={sound !== (place === 0 ? 'left' : 'right')}
            playback={playback}
          />
        ))}
      </div>
      <Captions items={items} />
      <Controls
        playback={playback}
        sound={sound}
        withSound={items.map(({ hasSound }) => hasSound)}
        onSound={setSound}
      />
    </div>
  )
}

interface SideProps {
  item: ShelfItem
  place: 0 | 1
  isMuted: boolean
  playback: Playback
}

function Side({ item, place, isMuted, playback }: SideProps) {
  const { url, posterUrl, title, width, height, type } = item
  const t = useTranslations('library')
  const name = title || t('untitled')
  const style = { aspectRatio: `${width} / ${height}` }
  if (type === 'image')
    return (
      // oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache
      <img src={url ?? undefined} alt={name} style={style} className={frameStyle} />
    )
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- what is said in it is unknown
    <video
      ref={playback.filmRef(place)}
      src={url ?? undefined}
      poster={posterUrl ?? undefined}
      aria-label={name}
      style={style}
      playsInline
      muted={isMuted}
      preload="auto"
      onLoadedMetadata={playback.onLoaded}
      className={frameStyle}
    />
  )
}

interface ControlsProps {
  playback: Playback
  sound: Sound
  withSound: boolean[]
  onSound: (sound: Sound) => void
}

const frame = 1 / 30

function Controls({ playback, sound, withSound, onSound }: ControlsProps) {
  const t = useTranslations('library.compare')
  const { isPlaying, time, duration, toggle, seek } = playback
  const place = t('place', { time: formatTimecode(time), total: formatTimecode(duration) })
  return (
    <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button onClick={toggle}>
        {isPlaying ? <PauseIcon aria-hidden="true" /> : <PlayIcon aria-hidden="true" />}
        <span>{t(isPlaying ? 'pause' : 'play')}</span>
      </Button>
      <input
        type="range"
        aria-label={t('scrub')}
        aria-valuetext={place}
        min={0}
        max={duration || 1}
        step={frame}
        value={time}
        onChange={({ target }) => seek(Number(target.value))}
        className="ruler min-w-40 flex-1"
      />
      <span className="font-mono text-sm text-soft tabular-nums">{place}</span>
      {withSound.some(Boolean) && (
        <label className="flex items-center gap-2 text-sm text-soft">
          <span>{t('sound')}</span>
          <Select value={sound} onChange={({ target }) => onSound(target.value as Sound)}>
            <option value="none">{t('soundNone')}</option>
            {withSound[0] && <option value="left">{t('soundLeft')}</option>}
            {withSound[1] && <option value="right">{t('soundRight')}</option>}
          </Select>
        </label>
      )}
    </div>
  )
}

/** What each of the two is. */
function Captions({ items }: { items: readonly [ShelfItem, ShelfItem] }) {
  const t = useTranslations('library')
  const { bytes } = useFormat()
  return (
    <div className="mt-3 grid grid-cols-2 gap-2 text-sm sm:gap-4">
      {items.map((item) => (
        <div key={item.id} className="min-w-0">
          <p dir="auto" className="line-clamp-3">
            {item.title || t('untitled')}
          </p>
          <p className="mt-1 font-mono text-tiny text-soft">
            {[
              `${item.width} × ${item.height}`,
              item.seconds !== null && formatTimecode(item.seconds),
              bytes(item.weightBytes),
            ]
              .filter(Boolean)
              .join(', ')}
          </p>
        </div>
      ))}
    </div>
  )
}

const frameStyle = 'max-h-[60dvh] w-full rounded-sm bg-film object-contain'
