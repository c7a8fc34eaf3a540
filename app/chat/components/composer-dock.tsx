'use client'

import { clsx } from 'clsx'
import { ArrowDownIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { lazyPart } from '#components/ui/lazy-part'
import { MessageComposer } from '#components/chat/composer/message-composer'
import { Button } from '#components/ui/button'
import { CardBoundary } from '#components/ui/card-boundary'
import type { Composer, DraftImages } from '../hooks/use-composer.ts'

const AttachedImages = lazyPart(() =>
  import('#components/chat/composer/attached-images').then((module) => module.AttachedImages),
)

interface ComposerDockProps {
  composer: Composer
  images: DraftImages
  /** Files are held over the page, to be dropped. */
  isOver: boolean
  /** The end of the conversation is out of sight. */
  isAway: boolean
  onLatest: () => void
  /** Of the page of the chats, which has room at its sides. */
  isWide?: boolean
}

/** Where the message is written, always in sight; above it the way back to the end of the conversation. */
export function ComposerDock({
  composer,
  images,
  isOver,
  isAway,
  onLatest,
  isWide = true,
}: ComposerDockProps) {
  const t = useTranslations('chat.composer')
  const { text, change, box, stop, send, canSend, isAnswering } = composer
  const hasImages = images.images.length > 0 || images.fault !== null
  return (
    <div className={clsx('relative mx-auto w-full max-w-3xl', isWide ? wideStyle : 'px-2 pb-2')}>
      {isAway && (
        <Button size="small" className={latestStyle} onClick={onLatest}>
          <ArrowDownIcon />
          <span>{t('latest')}</span>
        </Button>
      )}
      <MessageComposer
        box={box}
        text={text}
        onChange={change}
        onSend={send}
        onStop={stop}
        canSend={canSend}
        isAnswering={isAnswering}
        onFiles={images.add}
        isOver={isOver}
      >
        {hasImages && (
          <CardBoundary className="m-2">
            <AttachedImages
              images={images.images}
              fault={images.fault}
              onRemove={(key) => {
                images.remove(key)
                box.ref.current?.focus()
              }}
              onRetry={images.retry}
            />
          </CardBoundary>
        )}
      </MessageComposer>
    </div>
  )
}

const wideStyle = 'px-4 pb-[max(1rem,env(safe-area-inset-bottom))] lg:px-8'

const latestStyle =
  'absolute! whitespace-nowrap -top-11 left-1/2 -translate-x-1/2 bg-raised! hover:bg-sunken! touch:-top-14'
