'use client'

import type { ReactNode } from 'react'
import type { ChatMessage } from '#lib/contract/chat-message'
import { type GenerateVideoInput, type VideoBrief, chatRatios } from '#lib/contract/chat-tools'
import { ArtifactPlaceholder } from './artifact-placeholder.tsx'
import { MessageText } from './message-text.tsx'
import { SpendQuestion } from './spend-question.tsx'
import { ToolNote } from './tool-note.tsx'

export interface AnswerPartProps {
  part: ChatMessage['parts'][number]
  /** Draws the card that follows a video. */
  renderVideo: (video: VideoBrief) => ReactNode
  onSpend: (approvalId: string, isApproved: boolean) => void
}

/** One part of an answer: words, a video, or a line on what was done. */
export function AnswerPart({ part, renderVideo, onSpend }: AnswerPartProps) {
  if (part.type === 'text') return part.text.trim() ? <MessageText text={part.text} /> : null
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
      return <ToolNote>Looked at {countWords(part.output.videos.length)}</ToolNote>
    case 'tool-cancelVideo':
      if (part.state !== 'output-available') return <ToolNote>Canceling</ToolNote>
      return <ToolNote>Canceled {nameOf(part.output)}</ToolNote>
    default:
      return null
  }
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
          reason={part.approval.requestReason}
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
  return <ArtifactPlaceholder ratio={ratio} prompt={prompt ?? ''} words="Starting" />
}

function nameOf({ number, prompt }: VideoBrief) {
  return number === null ? `“${prompt}”` : `video ${number}`
}

function countWords(count: number) {
  return count === 1 ? 'one video' : `${count} videos`
}
