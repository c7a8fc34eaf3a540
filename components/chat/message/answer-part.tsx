'use client'

import { type ReactNode, useId } from 'react'
import { Button } from '#components/ui/button'
import type { ChatMessage } from '#lib/contract/chat'
import {
  type GenerateVideoInput,
  type VideoBrief,
  chatRatios,
  type SpendQuote,
  quoteOfApproval,
} from '#lib/contract/chat-tools'
import { withoutReasoning } from '#lib/contract/text/reasoning'
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
  if (part.type === 'text') return <SaidText text={withoutReasoning(part.text).trim()} />
  if (part.type === 'reasoning') return <Reasoning text={part.text.trim()} />
  if (!isTool(part)) return null
  if (part.state === 'output-error') return <ToolNote>{part.errorText}</ToolNote>
  switch (part.type) {
    case 'tool-generateVideo':
      return <GenerateVideoPart part={part} renderVideo={renderVideo} onSpend={onSpend} />
    case 'tool-showVideo':
      if (part.state !== 'output-available') return <ToolNote>Looking for the video</ToolNote>
      return renderVideo(part.output)
    case 'tool-listVideos':
      if (part.state !== 'output-available') return <ToolNote>Looking at your videos</ToolNote>
      return <ToolNote>{`Looked at ${countLabel(part.output.videos.length)}`}</ToolNote>
    case 'tool-cancelVideo':
      if (part.state !== 'output-available') return <ToolNote>Canceling</ToolNote>
      return (
        <ToolNote>
          <span>Canceled</span> <VideoName video={part.output} />
        </ToolNote>
      )
    default:
      return null
  }
}

function SaidText({ text }: { text: string }) {
  return text ? <MessageText text={text} /> : null
}

/** What a model thought aloud on the way to its answer, folded away. */
function Reasoning({ text }: { text: string }) {
  if (!text) return null
  return (
    <details className="border-l-2 border-hairline pl-4 text-sm text-soft">
      <summary className="min-h-6 content-center hover:text-ink touch:min-h-11">Reasoning</summary>
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
  switch (part.state) {
    case 'output-available':
      return renderVideo(part.output)
    case 'output-denied':
      return <ToolNote>Not made; nothing was spent</ToolNote>
    case 'approval-requested':
      return (
        <SpendQuestion
          input={part.input}
          approval={part.approval}
          onAnswer={(isApproved) => onSpend(part.approval.id, isApproved)}
        />
      )
    case 'approval-responded':
      if (!part.approval.approved) return <ToolNote>Not made; nothing was spent</ToolNote>
      return placeholder(part.input)
    default:
      return placeholder(part.input ?? {})
  }
}

function placeholder({ aspectRatio, prompt }: Partial<GenerateVideoInput>) {
  const ratio = chatRatios[aspectRatio ?? 'portrait'] ?? '9:16'
  return (
    <ArtifactPlaceholder ratio={ratio} prompt={withoutReasoning(prompt ?? '')} label="Starting" />
  )
}

function VideoName({ video: { number, prompt } }: { video: VideoBrief }) {
  if (number !== null) return <span>{`video ${number}`}</span>
  return (
    <span>
      “<bdi>{prompt}</bdi>”
    </span>
  )
}

function countLabel(count: number) {
  return count === 1 ? 'one video' : `${count} videos`
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
  const most = limitLabel(quoteOfApproval(approval))
  return (
    <section
      aria-labelledby={headingId}
      className="max-w-xl border-y border-l-2 border-hairline border-l-signal bg-raised p-4"
    >
      <h3 id={headingId} className="font-semibold tabular-nums">
        {most ? `Spend ${most} on this video?` : 'Spend money on this video?'}
      </h3>
      <p dir="auto" className="mt-1.5 line-clamp-4 text-sm">
        {withoutReasoning(input.prompt)}
      </p>
      <p className="mt-1.5 text-sm text-soft tabular-nums">{approval.requestReason}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" onClick={() => onAnswer(true)}>
          {most ? `Spend ${most}` : 'Spend it'}
        </Button>
        <Button onClick={() => onAnswer(false)}>Not now</Button>
      </div>
    </section>
  )
}

/** What a click agrees to; undefined for a question of an older version, whose price is only in its sentence. */
function limitLabel(quote: SpendQuote | undefined) {
  if (!quote) return undefined
  const { microUsd, upToMicroUsd } = quote
  const limit = `$${(upToMicroUsd / 1_000_000).toFixed(2)}`
  return upToMicroUsd > microUsd ? `up to ${limit}` : limit
}
