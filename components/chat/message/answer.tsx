'use client'

import { RotateCcwIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import { CopyButton } from '#components/ui/copy-button'
import { Button, IconButton } from '#components/ui/button'
import { richTags } from '#components/ui/rich-tags'
import type { AnswerEnding, ChatMessage, ChatMetadata } from '#lib/contract/chat'
import { useSay } from '#lib/messages/use-say'
import { type AnswerPartProps, AnswerPart, ToolNote } from './answer-part.tsx'
import { textOf } from './message-text.tsx'

interface AnswerProps extends Omit<AnswerPartProps, 'part' | 'parts'> {
  message: ChatMessage
  /** It is being written; what can be done with it comes at its end. */
  isOpen: boolean
  onRegenerate: (() => void) | undefined
  /** Asks for the rest of an answer that was cut off. */
  onGoOn: (() => void) | undefined
}

/** What the assistant said and made. */
export const Answer = memo(function Answer(props: AnswerProps) {
  const { message, isOpen, onRegenerate, onGoOn, ...part } = props
  const t = useTranslations('chat.message')
  const say = useSay()
  const { error, ending } = message.metadata ?? {}
  return (
    <article aria-label={t('answer')} className="space-y-4">
      {message.parts.map((one, index) => (
        // Parts are only ever added at the end, so their index identifies them.
        // oxlint-disable-next-line react/no-array-index-key
        <CardBoundary key={index}>
          <AnswerPart part={one} parts={message.parts} {...part} />
        </CardBoundary>
      ))}
      {!isOpen && error && <ToolNote>{say(error)}</ToolNote>}
      {!isOpen && ending && <Ending ending={ending} onRegenerate={onRegenerate} onGoOn={onGoOn} />}
      {!isOpen && (
        <AnswerActions
          text={textOf(message)}
          metadata={message.metadata}
          onRegenerate={ending ? undefined : onRegenerate}
        />
      )}
    </article>
  )
})

type EndingProps = Pick<AnswerProps, 'onRegenerate' | 'onGoOn'> & { ending: AnswerEnding }

/** Why an answer is not whole, and the way on. */
function Ending({ ending, onRegenerate, onGoOn }: EndingProps) {
  const t = useTranslations('chat.answer')
  const canGoOn = ending === 'cut_off' || ending === 'unclear'
  return (
    <section aria-label={t('incomplete')} className="border-l-2 border-signal pl-4 text-sm">
      <p>{t(`ending_${ending}`)}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        {canGoOn && onGoOn && (
          <Button size="small" onClick={onGoOn}>
            {t('goOn')}
          </Button>
        )}
        {onRegenerate && (
          <Button size="small" variant="quiet" onClick={onRegenerate}>
            {t('again')}
          </Button>
        )}
      </div>
    </section>
  )
}

interface AnswerActionsProps {
  text: string
  metadata: ChatMetadata | undefined
  /** Present on the last answer only. */
  onRegenerate: (() => void) | undefined
}

/** What can be done with an answer, and who gave it. */
function AnswerActions({ text, metadata, onRegenerate }: AnswerActionsProps) {
  const t = useTranslations('chat.answer')
  const say = useSay()
  const model = metadata?.model && say(metadata.model)
  return (
    <div className="-ml-2 flex flex-wrap items-center gap-0.5">
      {text && <CopyButton label={t('copy')} text={text} />}
      {onRegenerate && (
        <IconButton label={t('again')} onClick={onRegenerate}>
          <RotateCcwIcon />
        </IconButton>
      )}
      <p className="ml-2 min-w-0 text-tiny text-soft">
        {metadata?.isInterrupted ? (
          <span>{model ? t.rich('interruptedBy', { ...richTags, model }) : t('interrupted')}</span>
        ) : (
          <bdi>{model}</bdi>
        )}
      </p>
    </div>
  )
}
