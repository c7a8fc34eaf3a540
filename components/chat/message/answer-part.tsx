'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { Button } from '#components/ui/button'
import { richTags } from '#components/ui/rich-tags'
import type { ChatMessage } from '#lib/contract/chat'
import {
  type GenerateVideoInput,
  type VideoBrief,
  chatRatios,
  problemOfPart,
  quoteOfApproval,
  type SpendQuote,
  spendQuestion,
} from '#lib/contract/chat-tools'
import { usdOf } from '#lib/contract/money'
import { withoutReasoning } from '#lib/contract/text/reasoning'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { ArtifactPlaceholder } from '../artifact/artifact-card.tsx'
import { MessageText } from './message-text.tsx'

export interface AnswerPartProps {
  part: ChatMessage['parts'][number]
  /** Draws the card that follows a video. */
  renderVideo: (video: VideoBrief) => ReactNode
  onSpend: (approvalId: string, isApproved: boolean) => void
}

/** One part of an answer: text, a video, or a line on what was done. */
export function AnswerPart({ part, renderVideo, onSpend }: AnswerPartProps) {
  const t = useTranslations('chat.tool')
  const say = useSay()
  if (part.type === 'text') return <SaidText text={withoutReasoning(part.text).trim()} />
  if (part.type === 'reasoning') return <Reasoning text={part.text.trim()} />
  if (!isTool(part)) return null
  if (part.state === 'output-error') return <ToolNote>{say(problemOfPart(part))}</ToolNote>
  switch (part.type) {
    case 'tool-generateVideo':
      return <GenerateVideoPart part={part} renderVideo={renderVideo} onSpend={onSpend} />
    case 'tool-showVideo':
      if (part.state !== 'output-available') return <ToolNote>{t('finding')}</ToolNote>
      return renderVideo(part.output)
    case 'tool-listVideos':
      if (part.state !== 'output-available') return <ToolNote>{t('listing')}</ToolNote>
      return <ToolNote>{t('listed', { count: part.output.videos.length })}</ToolNote>
    case 'tool-cancelVideo':
      if (part.state !== 'output-available') return <ToolNote>{t('canceling')}</ToolNote>
      return <CanceledNote video={part.output} />
    default:
      return null
  }
}

function SaidText({ text }: { text: string }) {
  return text ? <MessageText text={text} /> : null
}

/** What a model thought aloud on the way to its answer, folded away. */
function Reasoning({ text }: { text: string }) {
  const t = useTranslations('chat.answer')
  if (!text) return null
  return (
    <details className="border-l-2 border-hairline pl-4 text-sm text-soft">
      <summary className="min-h-6 content-center hover:text-ink touch:min-h-11">
        {t('reasoning')}
      </summary>
      <p dir="auto" className="mt-1 whitespace-pre-wrap">
        {text}
      </p>
    </details>
  )
}

type ToolPart = Extract<ChatMessage['parts'][number], { type: `tool-${string}` }>

function isTool(part: ChatMessage['parts'][number]): part is ToolPart {
  return part.type.startsWith('tool-')
}

interface GenerateVideoPartProps extends AnswerPartProps {
  part: Extract<ToolPart, { type: 'tool-generateVideo' }>
}

function GenerateVideoPart({ part, renderVideo, onSpend }: GenerateVideoPartProps) {
  const t = useTranslations('chat.tool')
  switch (part.state) {
    case 'output-available':
      return renderVideo(part.output)
    case 'output-denied':
      return <ToolNote>{t('declined')}</ToolNote>
    case 'approval-requested':
      return (
        <SpendQuestion
          input={part.input}
          approval={part.approval}
          onAnswer={(isApproved) => onSpend(part.approval.id, isApproved)}
        />
      )
    case 'approval-responded':
      if (!part.approval.approved) return <ToolNote>{t('declined')}</ToolNote>
      return <Placeholder {...startedFrom(part.input)} />
    default:
      return <Placeholder {...startedFrom(part.input)} />
  }
}

/** What a call's card begins with. A model's arguments may be anything until the server has checked them. */
export function startedFrom(input: unknown) {
  const { aspectRatio, prompt } = Object(input) as Record<string, unknown>
  const ratio = Object.entries(chatRatios).find(([name]) => name === aspectRatio)?.[1]
  return {
    ratio: ratio ?? chatRatios.portrait,
    prompt: typeof prompt === 'string' ? withoutReasoning(prompt) : '',
  }
}

function Placeholder(start: ReturnType<typeof startedFrom>) {
  const t = useTranslations('chat.tool')
  return <ArtifactPlaceholder {...start} label={t('starting')} />
}

function CanceledNote({ video: { number, prompt } }: { video: VideoBrief }) {
  const t = useTranslations('chat.tool')
  if (number !== null) return <ToolNote>{t('canceledNumber', { number })}</ToolNote>
  return <ToolNote>{t.rich('canceledPrompt', { ...richTags, prompt })}</ToolNote>
}

/** One quiet line: something the assistant did on the way to its answer. */
export function ToolNote({ children }: { children: ReactNode }) {
  return (
    <p className="flex items-baseline gap-2.5 font-mono text-tiny text-soft">
      <span aria-hidden="true" className="h-2 w-px shrink-0 bg-edge" />
      <span dir="auto" className="min-w-0">
        {children}
      </span>
    </p>
  )
}

interface SpendQuestionProps {
  input: GenerateVideoInput
  approval: { descriptor?: unknown; requestReason?: string | undefined }
  onAnswer: (isApproved: boolean) => void
}

/** Asks before money is spent; nothing is started until one of the two is clicked. */
function SpendQuestion({ input, approval, onAnswer }: SpendQuestionProps) {
  const headingId = useId()
  const say = useSay()
  const t = useTranslations('chat.spend')
  const quote = quoteOfApproval(approval)
  const { title, agree } = limitMessages(quote)
  return (
    <section
      aria-labelledby={headingId}
      className="max-w-xl border-y border-l-2 border-hairline border-l-signal bg-raised p-4"
    >
      <h3 id={headingId} className="font-semibold tabular-nums">
        {say(title)}
      </h3>
      <p dir="auto" className="mt-1.5 line-clamp-4 text-sm">
        {withoutReasoning(input.prompt)}
      </p>
      <p className="mt-1.5 text-sm text-soft tabular-nums">
        {quote ? say(spendQuestion(quote)) : approval.requestReason}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => onAnswer(true)}>
          {say(agree)}
        </Button>
        <Button onClick={() => onAnswer(false)}>{t('decline')}</Button>
      </div>
    </section>
  )
}

/** What a click agrees to; a question of an older version has its price in its sentence only. */
function limitMessages(quote: SpendQuote | undefined) {
  if (!quote)
    return { title: message('chat.spend.titleUnknown'), agree: message('chat.spend.agreeUnknown') }
  const { microUsd, upToMicroUsd } = quote
  const values = { price: { usd: usdOf(upToMicroUsd) } }
  return upToMicroUsd > microUsd
    ? {
        title: message('chat.spend.titleUpTo', values),
        agree: message('chat.spend.agreeUpTo', values),
      }
    : { title: message('chat.spend.title', values), agree: message('chat.spend.agree', values) }
}
