'use client'

import { clsx } from 'clsx'
import { XIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { richTags } from '#components/ui/rich-tags'
import type { ChatImagePart } from '#lib/contract/chat'
import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

/** An image of the message that is being written, from the moment it is chosen. */
export interface AttachedImage {
  /** Ours, for as long as the draft lives. */
  key: string
  /** Of its file, or a message for one of an earlier draft. */
  name: Sentence
  /** Something to show. */
  previewUrl: string
  /** What goes into the message; null until it is uploaded. */
  part: ChatImagePart | null
  /** How much of it is uploaded, 0 to 1. */
  progress: number
  /** Why it could not be uploaded. */
  problem: Sentence | null
}

interface AttachedImagesProps {
  images: readonly AttachedImage[]
  /** Why a file was not taken at all. */
  fault: Sentence | null
  onRemove: (key: string) => void
  onRetry: (key: string) => void
}

/** The images of the message that is being written: how far each is, and the way out where one is not taken. */
export function AttachedImages({ images, fault, onRemove, onRetry }: AttachedImagesProps) {
  const t = useTranslations('chat')
  const say = useSay()
  return (
    <div className="px-1 pt-1.5 pb-2">
      {images.length > 0 && (
        <ul aria-label={t('composer.attached')} className="flex flex-wrap gap-3">
          {images.map((image) => (
            <Thumbnail key={image.key} image={image} onRemove={onRemove} />
          ))}
        </ul>
      )}
      {images.map(
        ({ key, name, problem }) =>
          problem && (
            <div key={key} role="alert" className="mt-2 flex items-center gap-3 text-sm">
              <p className="min-w-0 flex-1 text-pretty text-signal-ink">
                {t.rich('composer.notAttached', {
                  ...richTags,
                  name: say(name),
                  problem: say(problem),
                })}
              </p>
              <Button size="small" onClick={() => onRetry(key)}>
                {t('tryAgain')}
              </Button>
            </div>
          ),
      )}
      {fault && (
        <p role="alert" dir="auto" className="mt-2 text-sm text-signal-ink first:mt-0">
          {say(fault)}
        </p>
      )}
    </div>
  )
}

interface ThumbnailProps {
  image: AttachedImage
  onRemove: (key: string) => void
}

function Thumbnail({ image, onRemove }: ThumbnailProps) {
  const t = useTranslations('chat.composer')
  const { key, previewUrl, part, problem, progress } = image
  const name = useSay()(image.name)
  return (
    <li className="relative w-16">
      {/* oxlint-disable-next-line next/no-img-element -- one user's own bytes: nothing for a shared image cache */}
      <img
        src={previewUrl}
        alt={name}
        title={name}
        className={clsx(
          'size-16 rounded-md border border-hairline bg-sunken object-cover',
          !part && 'opacity-40',
        )}
      />
      <Button
        size="small"
        aria-label={t('removeNamed', { name })}
        title={t('remove')}
        onClick={() => onRemove(key)}
        className="absolute -top-2 -right-2 size-6! min-h-0! rounded-full! bg-raised p-0! hover:bg-sunken!"
      >
        <XIcon className="size-3.5!" />
      </Button>
      {!part && !problem && (
        <progress
          aria-label={t('uploading', { name })}
          value={progress}
          className={progressStyle}
        />
      )}
    </li>
  )
}

const progressStyle = [
  'absolute inset-x-1 bottom-1 h-0.5 w-14 appearance-none bg-hairline',
  '[&::-moz-progress-bar]:bg-signal [&::-webkit-progress-bar]:bg-hairline',
  '[&::-webkit-progress-value]:bg-signal',
].join(' ')
