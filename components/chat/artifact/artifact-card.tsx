'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import { Tag } from '#components/ui/tag'
import { RunningLabel } from '#components/video/progress/running-readout'
import { type SignOfLife, SignalLanes } from '#components/video/progress/signal-lanes'
import { VideoFrame } from '#components/video/video-frame'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { type AspectRatio, aspectRatios, dimensionsOf } from '#lib/contract/model-view'
import { formatTimecode } from '#lib/messages/format'
import { type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'
import { costLabel, deliveryLabel, statusLabel } from '#components/video/progress/status-label.ts'

interface ArtifactCardProps {
  view: FileView
  /** Its number in this chat, by which the user speaks of it; null for one of the library. */
  number: number | null
  signs: readonly SignOfLife[]
  /** It was shown while it was made, so the picture comes in behind the line. */
  isFresh: boolean
  stepper: ReactNode
  /** What can be done with it in its state. */
  children: ReactNode
}

/** One video in the conversation, in any state; it plays in place. */
export function ArtifactCard(props: ArtifactCardProps) {
  const { view, number, signs, isFresh, stepper, children } = props
  const t = useTranslations('chat.video')
  const say = useSay()
  const headingId = useId()
  return (
    <ArtifactBox
      labelledBy={headingId}
      size={view}
      isWordy={isFinal(view) && view.status !== 'completed'}
      frame={
        <div data-video={view.id}>
          <VideoFrame view={view} isFresh={isFresh} preload="none" />
          <SignalLanes view={view} signs={signs} />
        </div>
      }
    >
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-3">
        <h3 id={headingId} className="text-sm font-semibold">
          {number ? t('numbered', { number, kind: view.type }) : t('fromLibrary')}
        </h3>
        {stepper}
      </div>
      <p dir="auto" className="mt-1 line-clamp-3 text-sm text-pretty">
        {view.settings.prompt}
      </p>
      <p className="mt-2 font-mono text-tiny text-soft">
        {isFinal(view) ? say(artifactLabel(view)) : <RunningLabel view={view} />}
      </p>
      {view.isDemo && (
        <p className="mt-2">
          <Tag>{t('demo')}</Tag>
        </p>
      )}
      <div className="mt-4">{children}</div>
    </ArtifactBox>
  )
}

interface ArtifactBoxProps {
  labelledBy: string
  /** Pixels of the film; the frame has its final ratio from the first moment. */
  size: { width: number; height: number }
  frame: ReactNode
  /** There is much text: it goes below the picture where it would be squeezed beside it. */
  isWordy?: boolean
  children: ReactNode
}

/** Picture and text of a video in the conversation, side by side where there is room. */
function ArtifactBox(props: ArtifactBoxProps) {
  const { labelledBy, size, frame, isWordy = false, children } = props
  const ratio = size.width / size.height
  const height = ratio > 1 ? '15rem' : ratio < 1 ? '22rem' : '17rem'
  return (
    <article
      aria-labelledby={labelledBy}
      className="flex flex-wrap items-end border-y border-hairline py-4 has-[+article]:mb-0 has-[+article]:border-b-0 gap-x-4 gap-y-3 sm:gap-x-6"
    >
      <div
        style={{ width: `min(${ratio > 1 ? '100%' : '46%'}, calc(${height} * ${ratio}))` }}
        className="shrink-0"
      >
        {frame}
      </div>
      <div className={clsx('flex-1', isWordy ? 'min-w-0 basis-72' : 'min-w-0 basis-36')}>
        {children}
      </div>
    </article>
  )
}

interface ArtifactPlaceholderProps {
  ratio: AspectRatio
  prompt: string
  label: string
}

/** The frame of a video that is still being looked up: already as large as it will be. */
export function ArtifactPlaceholder({ ratio, prompt, label }: ArtifactPlaceholderProps) {
  const t = useTranslations('chat.video')
  const headingId = useId()
  const isOfVideos = aspectRatios.some((one) => one === ratio)
  const size = dimensionsOf(ratio, isOfVideos ? '720p' : '1K')
  return (
    <ArtifactBox
      labelledBy={headingId}
      size={size}
      frame={
        <div
          aria-hidden="true"
          style={{ aspectRatio: `${size.width} / ${size.height}` }}
          className="unexposed relative rounded-sm"
        >
          <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
        </div>
      }
    >
      <h3 id={headingId} dir="auto" className="line-clamp-3 text-sm">
        {prompt || t('untitled')}
      </h3>
      <p className="mt-2 font-mono text-tiny text-soft">{label}</p>
    </ArtifactBox>
  )
}

/** A final video or image in one line: how it ended, what it is, what it cost, how it was delivered. */
function artifactLabel(view: FileView): Sentence {
  if (view.status !== 'completed') return statusLabel(view)
  const delivery = deliveryLabel(view)
  if (view.type === 'image') {
    const size = `${view.width} × ${view.height}`
    const facts = { status: statusLabel(view), size, cost: costLabel(view) }
    return delivery
      ? message('images.lineDelivered', { ...facts, delivery })
      : message('images.line', facts)
  }
  const length = formatTimecode(view.durationSeconds ?? view.settings.duration)
  const ratio = view.settings.aspectRatio
  const facts = { status: statusLabel(view), length, ratio, cost: costLabel(view) }
  return delivery
    ? message('chat.video.lineDelivered', { ...facts, delivery })
    : message('chat.video.line', facts)
}
