'use client'

import { ArrowUpIcon, SquareIcon } from 'lucide-react'
import type { KeyboardEvent, RefObject } from 'react'
import { Button } from '#components/ui/button'
import { chatTextMaxLength } from '#lib/contract/chat-message'

interface MessageComposerProps {
  text: string
  onChange: (text: string) => void
  onSend: () => void
  onStop: () => void
  isAnswering: boolean
  box: RefObject<HTMLTextAreaElement | null>
}

/** Where a message is written. Enter sends, Shift+Enter breaks the line, Escape stops the answer. */
export function MessageComposer(props: MessageComposerProps) {
  const { text, onChange, onSend, onStop, isAnswering, box } = props
  const act = () => {
    if (isAnswering) onStop()
    else onSend()
    box.current?.focus()
  }
  return (
    <form
      aria-label="Your message"
      onSubmit={(event) => {
        event.preventDefault()
        act()
      }}
      className={barStyle}
    >
      <label htmlFor="message" className="sr-only">
        Message
      </label>
      <textarea
        ref={box}
        id="message"
        rows={1}
        value={text}
        maxLength={chatTextMaxLength}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={(event) => {
          if (!isSendKey(event)) return
          event.preventDefault()
          if (!isAnswering) onSend()
        }}
        placeholder="Describe a shot or a change"
        className="field-sizing-content max-h-[40dvh] min-h-11 min-w-0 flex-1 resize-none bg-transparent py-2.5 pl-1 text-base placeholder:text-soft focus-visible:outline-none"
      />
      <Button
        type="submit"
        variant={isAnswering ? 'outline' : 'primary'}
        className="max-sm:w-11 max-sm:px-0"
        disabled={!isAnswering && !text.trim()}
        aria-keyshortcuts={isAnswering ? 'Escape' : 'Enter'}
      >
        {isAnswering ? <SquareIcon /> : <ArrowUpIcon />}
        <span className="max-sm:sr-only">{isAnswering ? 'Stop' : 'Send'}</span>
      </Button>
    </form>
  )
}

/** Not while letters are still being composed: there Enter chooses a word. */
function isSendKey({ key, shiftKey, nativeEvent }: KeyboardEvent) {
  return key === 'Enter' && !shiftKey && !nativeEvent.isComposing
}

const barStyle = [
  'flex items-end gap-2 rounded-lg border border-edge bg-raised p-1.5 pl-3',
  'focus-within:border-signal-ink focus-within:shadow-[0_0_0_1px_var(--color-signal-ink)]',
].join(' ')
