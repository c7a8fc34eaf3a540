'use client'

import { useSay } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { clsx } from 'clsx'
import { ImageIcon, PlusIcon, XIcon } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '#components/ui/button'
import { imageTypes } from '#lib/contract/generation-inputs'
import type { Picture, PicturePlace } from '../../form/pictures/pictures.ts'
import type { Pictures } from '../../form/pictures/use-pictures.ts'

interface PictureSlotProps {
  place: PicturePlace
  pictures: Pictures
  /** Called to choose a frame of a finished video. */
  onHistory: () => void
}

/** A slot for one picture. A click or drop sets or replaces it; a finished video can provide it too. */
export function PictureSlot({ place, pictures, onHistory }: PictureSlotProps) {
  const { picture } = place
  const t = useTranslations('inputs')
  const say = useSay()
  const name = say(place.name)
  const input = useRef<HTMLInputElement>(null)
  const take = (file: File | undefined) => {
    if (file) pictures.fill(place, file)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    take(event.dataTransfer.files[0])
  }
  return (
    <div className="w-15.5">
      <div className="relative">
        <button
          type="button"
          aria-label={t(picture ? 'replace' : 'add', { name })}
          title={picture && say(picture.name)}
          onClick={() => input.current?.click()}
          onDrop={onDrop}
          className={clsx(slotStyle, picture ? 'border-hairline' : 'border-dashed border-edge')}
        >
          <SlotPicture picture={picture} />
        </button>
        {picture && <RemoveButton name={name} onClick={() => pictures.remove(picture)} />}
        <input
          ref={input}
          type="file"
          aria-label={name}
          accept={imageTypes.join(',')}
          className="hidden"
          onChange={({ target }) => {
            take(target.files?.[0])
            target.value = ''
          }}
        />
      </div>
      <p className="mt-1 -mr-2 text-tiny wrap-break-word hyphens-auto text-soft">{name}</p>
      {picture && <UploadBar picture={picture} name={name} />}
      <HistoryButton name={name} onClick={onHistory} />
    </div>
  )
}

function HistoryButton({ name, onClick }: { name: string; onClick: () => void }) {
  const t = useTranslations('inputs')
  return (
    <button
      type="button"
      aria-label={t('fromHistory', { name })}
      onClick={onClick}
      className={historyStyle}
    >
      {t('history')}
    </button>
  )
}

const slotStyle = clsx(
  'relative flex size-15.5 items-center justify-center overflow-hidden rounded-md border text-soft',
  'hover:border-ink hover:text-ink',
)

const historyStyle = clsx(
  'inline-flex min-h-6 items-center text-tiny text-soft underline decoration-edge underline-offset-4',
  'hover:text-ink hover:decoration-signal touch:min-h-11',
)

function SlotPicture({ picture }: { picture: Picture | undefined }) {
  const [brokenUrl, setBrokenUrl] = useState<string>()
  const say = useSay()
  if (!picture) return <PlusIcon aria-hidden="true" className="size-4" />
  const { url, name, id } = picture
  if (!url || url === brokenUrl) return <ImageIcon aria-label={say(name)} className="size-5" />
  return (
    // oxlint-disable-next-line next/no-img-element -- bytes that are in the browser already
    <img
      src={url}
      alt={say(name)}
      onError={() => setBrokenUrl(url)}
      className={clsx('size-full object-cover', !id && 'opacity-40')}
    />
  )
}

function RemoveButton({ name, onClick }: { name: string; onClick: () => void }) {
  const t = useTranslations('inputs')
  return (
    <Button
      size="small"
      aria-label={t('remove', { name })}
      title={t('removeTitle')}
      onClick={onClick}
      className="absolute -top-2 -right-2 size-6! min-h-0! rounded-full! bg-raised p-0!"
    >
      <XIcon className="size-3.5!" />
    </Button>
  )
}

interface UploadBarProps {
  picture: Picture
  /** Which picture it is: `First frame`. */
  name: string
}

/** The progress of an upload; hidden once it is done or has failed. */
function UploadBar({ picture: { id, problem, progress }, name }: UploadBarProps) {
  const t = useTranslations('inputs')
  if (id || problem) return null
  return <progress aria-label={t('upload', { name })} value={progress} className={barStyle} />
}

const barStyle = [
  'mt-1 block h-0.5 w-full appearance-none bg-hairline [&::-moz-progress-bar]:bg-signal',
  '[&::-webkit-progress-bar]:bg-hairline [&::-webkit-progress-value]:bg-signal',
].join(' ')
