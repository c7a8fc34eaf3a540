'use client'

import { ArrowDownIcon } from 'lucide-react'
import { MessageComposer } from '#components/chat/message-composer'
import { Button } from '#components/ui/button'
import type { Composer } from '../hooks/use-composer.ts'

interface ComposerDockProps {
  composer: Composer
  /** The end of the conversation is out of sight. */
  isAway: boolean
  onLatest: () => void
}

/** Where the message is written, always in sight; above it the way back to the end of the conversation. */
export function ComposerDock({ composer, isAway, onLatest }: ComposerDockProps) {
  const { text, change, box, stop, send, isAnswering } = composer
  return (
    <div className="relative mx-auto w-full max-w-3xl px-4 pb-[max(1rem,env(safe-area-inset-bottom))] lg:px-8">
      {isAway && (
        <Button size="small" className={latestStyle} onClick={onLatest}>
          <ArrowDownIcon />
          To the latest
        </Button>
      )}
      <MessageComposer
        box={box}
        text={text}
        onChange={change}
        onSend={send}
        onStop={stop}
        isAnswering={isAnswering}
      />
    </div>
  )
}

const latestStyle =
  'absolute! -top-11 left-1/2 -translate-x-1/2 bg-raised! hover:bg-sunken! touch:-top-14'
