'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { Button } from '#components/ui/button'
import { richTags } from '#components/ui/rich-tags'
import type { ChatMessage } from '#lib/contract/chat'
import {
  type ChatRatio,
  type MakeTool,
  type SpendKind,
  type VideoBrief,
  chatRatios,
  callOfPart,
  isMakePart,
  problemOfPart,
  quoteOfApproval,
  type SpendQuote,
  spendKindOf,
  spendQuestion,
  totalOf,
} from '#lib/contract/chat-tools'
import { usdOf } from '#lib/contract/money'
import type { ErrorCode } from '#lib/contract/problem'
import { withoutReasoning } from '#lib/contract/text/reasoning'
import { message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { ArtifactPlaceholder } from '../artifact/artifact-card.tsx'
import { MessageText } from './message-text.tsx'

export interface AnswerPartProps {
  part: ChatMessage['parts'][number]
  /** The answer it is a part of. */
  parts: ChatMessage['parts']
  /** Draws the card that follows a video. */
  renderVideo: (video: VideoBrief) => ReactNode
  /** Draws the way to more beside a refusal for money. */
  renderMore: (code: ErrorCode) => ReactNode
  onSpend: (approvalIds: string[], isApproved: boolean) => void
}

/** One part of an answer: text, a video, or a line on what was done. */
export function AnswerPart(props: AnswerPartProps) {
  const { part, parts, renderVideo, renderMore } = props
  const t = useTranslations('chat.tool')
  if (part.type === 'text') return <SaidText text={withoutReasoning(part.text).trim()} />
  if (part.type === 'reasoning') return <Reasoning text={part.text.trim()} />
  if (!isTool(part)) return null
  if (part.state === 'output-error')
    return <Failure part={part} parts={parts} renderMore={renderMore} />
  switch (part.type) {
    case 'tool-generateVideo':
    case 'tool-generateImage':
      return <MakePart {...props} part={part} />
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

interface MakePartProps extends AnswerPartProps {
  part: Extract<ToolPart, { type: `tool-${MakeTool}` }>
}

function MakePart({ part, parts, renderVideo, onSpend }: MakePartProps) {
  const t = useTranslations('chat.tool')
  switch (part.state) {
    case 'output-available':
      return renderVideo(part.output)
    case 'output-denied':
      return <ToolNote>{t('declined')}</ToolNote>
    case 'approval-requested':
      return <SpendQuestion part={part} parts={parts} onSpend={onSpend} />
    case 'approval-responded':
      if (!part.approval.approved) return <ToolNote>{t('declined')}</ToolNote>
      return <Placeholder {...startOf(part)} />
    default:
      return <Placeholder {...startOf(part)} />
  }
}

/** An image without a format is a square. */
function startOf({ type, input }: MakePartProps['part']) {
  return startedFrom(input, type === 'tool-generateImage' ? 'square' : 'portrait')
}

/** What a call's card begins with. A model's arguments may be anything until the server has checked them. */
export function startedFrom(input: unknown, otherwise: ChatRatio = 'portrait') {
  const { aspectRatio, prompt } = Object(input) as Record<string, unknown>
  const ratio = Object.entries(chatRatios).find(([name]) => name === aspectRatio)?.[1]
  return {
    ratio: ratio ?? chatRatios[otherwise],
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

type AskedPart = Extract<MakePartProps['part'], { state: 'approval-requested' }>

interface SpendQuestionProps extends Pick<AnswerPartProps, 'parts' | 'onSpend'> {
  part: AskedPart
}

/**
 * Asks before money is spent; nothing is started until one of the two is clicked. What an answer asks about is one question,
 * with one total: it stands where the first part of it is.
 */
function SpendQuestion({ part, parts, onSpend }: SpendQuestionProps) {
  const headingId = useId()
  const say = useSay()
  const t = useTranslations('chat.spend')
  const asked = parts.filter(isAsked)
  if (asked[0]?.toolCallId !== part.toolCallId) return null
  const found = asked.map(({ approval }) => quoteOfApproval(approval))
  const quotes = found.filter((quote) => quote !== undefined)
  const isPriced = quotes.length === asked.length
  const kind = spendKindOf(asked.map(callOfPart))
  const { title, agree } = limitMessages(isPriced ? quotes : undefined, asked.length, kind)
  const answer = (isApproved: boolean) =>
    onSpend(
      asked.map(({ approval }) => approval.id),
      isApproved,
    )
  return (
    <section
      aria-labelledby={headingId}
      className="max-w-xl border-y border-l-2 border-hairline border-l-signal bg-raised p-4"
    >
      <h3 id={headingId} className="font-semibold tabular-nums">
        {say(title)}
      </h3>
      {asked.map(({ toolCallId, input }) => (
        <p key={toolCallId} dir="auto" className="mt-1.5 line-clamp-4 text-sm">
          {withoutReasoning(input.prompt)}
        </p>
      ))}
      <p className="mt-1.5 text-sm text-soft tabular-nums">
        {isPriced ? say(spendQuestion(quotes, kind)) : part.approval.requestReason}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => answer(true)}>
          {say(agree)}
        </Button>
        <Button onClick={() => answer(false)}>{t('decline')}</Button>
      </div>
    </section>
  )
}

function isAsked(part: ChatMessage['parts'][number]): part is AskedPart {
  return isMakePart(part) && part.state === 'approval-requested'
}

/** What a click agrees to; a question of an older version has its price in its sentence only. */
function limitMessages(quotes: readonly SpendQuote[] | undefined, count: number, kind: SpendKind) {
  if (!quotes)
    return {
      title: message('chat.spend.titleUnknown', { count, kind }),
      agree: message('chat.spend.agreeUnknown'),
    }
  const { microUsd, upToMicroUsd } = totalOf(quotes)
  const price = { usd: usdOf(upToMicroUsd) }
  return upToMicroUsd > microUsd
    ? {
        title: message('chat.spend.titleUpTo', { count, price, kind }),
        agree: message('chat.spend.agreeUpTo', { price }),
      }
    : {
        title: message('chat.spend.title', { count, price, kind }),
        agree: message('chat.spend.agree', { price }),
      }
}

type FailedPart = Extract<ToolPart, { state: 'output-error' }>

interface FailureProps extends Pick<AnswerPartProps, 'parts' | 'renderMore'> {
  part: FailedPart
}

/** Why a call failed; once where the calls before it failed together with it. */
function Failure({ part, parts, renderMore }: FailureProps) {
  const say = useSay()
  const { sentence, code } = problemOfPart(part)
  const before = parts[parts.indexOf(part) - 1]
  const isSaid =
    before?.type === part.type &&
    before.state === 'output-error' &&
    JSON.stringify(problemOfPart(before)) === JSON.stringify({ sentence, code })
  if (isSaid) return null
  return (
    <>
      <ToolNote>{say(sentence)}</ToolNote>
      {code && renderMore(code)}
    </>
  )
}
