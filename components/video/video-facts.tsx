import { formatBytes, formatSpan, formatTimecode, secondsBetween } from '#components/ui/format.ts'
import { Tag } from '#components/ui/tag'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { codecName } from '#lib/contract/film-format'
import { fallbackMessage } from './failure/attempt-label.ts'
import { costLabel, deliveryLabel, statusLabel, statusMessage } from './progress/status-label.ts'

/** Everything known about a video, as a list of names and values. */
export function VideoFacts({ view }: { view: FileView }) {
  const { settings } = view
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm tabular-nums [&>dt]:text-soft">
      <dt>Model</dt>
      <dd dir="auto">
        <span>{view.modelLabel}</span> {view.isDemo && <Tag>demo renderer, no AI</Tag>}
      </dd>
      <MakerFact view={view} />
      <dt>Frame</dt>
      <dd>{`${settings.aspectRatio}, ${view.width} × ${view.height}`}</dd>
      <OptionalFact name="Note" value={statusMessage(view)} />
      <dt>Length</dt>
      <dd>{formatTimecode(view.durationSeconds ?? settings.duration)}</dd>
      <dt>File</dt>
      <dd>{fileLabel(view)}</dd>
      <dt>Seed</dt>
      <dd>{settings.seed}</dd>
      <dt>Cost</dt>
      <dd>{costLabel(view)}</dd>
      <OptionalFact name="Finish" value={deliveryLabel(view)} className="text-signal-ink" />
    </dl>
  )
}

/** Which provider made it, and why that one where there was a choice. */
function MakerFact({ view }: { view: FileView }) {
  if (view.isDemo || !view.providerLabel) return null
  return (
    <>
      <dt>Made by</dt>
      <dd dir="auto">
        <span>{view.providerLabel}</span>
        <span className="block text-soft">{fallbackMessage(view) ?? view.routeReason}</span>
      </dd>
    </>
  )
}

interface OptionalFactProps {
  name: string
  value: string | null
  className?: string
}

function OptionalFact({ name, value, className }: OptionalFactProps) {
  if (!value) return null
  return (
    <>
      <dt>{name}</dt>
      <dd dir="auto" className={className}>
        {value}
      </dd>
    </>
  )
}

function fileLabel({ sizeBytes, videoCodec, audioCodec }: FileView) {
  const sound = audioCodec ? codecName(audioCodec) : 'silent'
  const parts = [videoCodec && codecName(videoCodec), sound, sizeBytes && formatBytes(sizeBytes)]
  return parts.filter(Boolean).join(', ')
}

/** When a video was requested, started and finished. */
export function VideoMoments({ view }: { view: FileView }) {
  const { createdAt, startedAt, finishedAt } = view
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm tabular-nums [&>dt]:text-soft">
      <dt>Asked for</dt>
      <dd>
        <time dateTime={createdAt}>{new Date(createdAt).toLocaleString('en-GB')}</time>
      </dd>
      <dt>Begun</dt>
      <dd>{startedAt ? `after ${spanBetween(createdAt, startedAt)}` : 'not yet'}</dd>
      <dt>{isFinal(view) ? 'Over' : 'Now'}</dt>
      <dd>
        {finishedAt
          ? `${statusLabel(view)}, ${spanBetween(createdAt, finishedAt)} after it was asked for`
          : statusLabel(view)}
      </dd>
    </dl>
  )
}

function spanBetween(from: string, to: string) {
  return formatSpan(secondsBetween(from, to))
}
