'use client'

import { clsx } from 'clsx'
import { ImageIcon, PlusIcon, XIcon } from 'lucide-react'
import { useRef, useState, type DragEvent } from 'react'
import { Button } from '#components/ui/button'
import { imageTypes } from '#lib/contract/generation-inputs'
import type { PicturePlace } from './picture-places.ts'
import type { Picture } from './picture.ts'
import { UploadBar } from './upload-bar.tsx'
import type { Pictures } from './use-pictures.ts'

interface PictureSlotProps {
  place: PicturePlace
  pictures: Pictures
}

/** A place for one picture: a click chooses or replaces it, a drop does the same. */
export function PictureSlot({ place, pictures }: PictureSlotProps) {
  const { label, part, picture } = place
  const input = useRef<HTMLInputElement>(null)
  const name = label.toLowerCase()
  const take = (file: File | undefined) => {
    if (!file) return
    if (picture) pictures.replace(picture, file)
    else pictures.add([file], part)
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
          aria-label={picture ? `Replace ${name}` : `Add ${name}`}
          title={picture?.name}
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
          aria-label={label}
          accept={imageTypes.join(',')}
          className="hidden"
          onChange={({ target }) => {
            take(target.files?.[0])
            target.value = ''
          }}
        />
      </div>
      <p className="mt-1 text-tiny whitespace-nowrap text-soft">{label}</p>
      {picture && <UploadBar picture={picture} name={name} />}
    </div>
  )
}

const slotStyle = clsx(
  'relative flex size-15.5 items-center justify-center overflow-hidden rounded-md border text-soft',
  'hover:border-ink hover:text-ink',
)

function SlotPicture({ picture }: { picture: Picture | undefined }) {
  const [brokenUrl, setBrokenUrl] = useState<string>()
  if (!picture) return <PlusIcon aria-hidden="true" className="size-4" />
  const { url, name, id } = picture
  if (!url || url === brokenUrl) return <ImageIcon aria-label={name} className="size-5" />
  return (
    // oxlint-disable-next-line next/no-img-element -- bytes that are in the browser already
    <img
      src={url}
      alt={name}
      onError={() => setBrokenUrl(url)}
      className={clsx('size-full object-cover', !id && 'opacity-40')}
    />
  )
}

function RemoveButton({ name, onClick }: { name: string; onClick: () => void }) {
  return (
    <Button
      size="small"
      aria-label={`Remove ${name}`}
      title="Remove"
      onClick={onClick}
      className="absolute -top-2 -right-2 size-6! rounded-full! bg-raised p-0!"
    >
      <XIcon className="size-3.5!" />
    </Button>
  )
}
