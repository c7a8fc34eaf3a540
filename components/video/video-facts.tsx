import { Tag } from '#components/ui/tag'
import type { FileView } from '#lib/contract/file-view'
import { fallbackWords } from './attempt-words.ts'
import { formatBytes } from './format-figures.ts'
import { formatTimecode } from './format-time.ts'
import { messageWords } from './message-words.ts'
import { costWords, deliveryWords } from './status-words.ts'

/** Everything known about a video, as a list of names and values. */
export function VideoFacts({ view }: { view: FileView }) {
  const { settings } = view
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm tabular-nums [&>dt]:text-soft">
      <dt>Model</dt>
      <dd>
        {view.modelLabel} {view.isDemo && <Tag>demo renderer, no AI</Tag>}
      </dd>
      <MakerFact view={view} />
      <dt>Frame</dt>
      <dd>
        {settings.aspectRatio}, {view.width} × {view.height}
      </dd>
      <NoteFact words={messageWords(view)} />
      <dt>Length</dt>
      <dd>{formatTimecode(view.durationSeconds ?? settings.duration)}</dd>
      <dt>File</dt>
      <dd>{fileWords(view)}</dd>
      <dt>Seed</dt>
      <dd>{settings.seed}</dd>
      <dt>Cost</dt>
      <dd>{costWords(view)}</dd>
      <DeliveryFact words={deliveryWords(view)} />
    </dl>
  )
}

/** Who made it; and why not somebody else, where there was a choice. */
function MakerFact({ view }: { view: FileView }) {
  if (view.isDemo || !view.providerLabel) return null
  return (
    <>
      <dt>Made by</dt>
      <dd>
        {view.providerLabel}
        <span className="block text-soft">{fallbackWords(view) ?? view.routeReason}</span>
      </dd>
    </>
  )
}

/** What its maker has to say of it. */
function NoteFact({ words }: { words: string | null }) {
  if (!words) return null
  return (
    <>
      <dt>Note</dt>
      <dd>{words}</dd>
    </>
  )
}

function DeliveryFact({ words }: { words: string | null }) {
  if (!words) return null
  return (
    <>
      <dt>Finish</dt>
      <dd className="text-signal-ink">{words}</dd>
    </>
  )
}

/** As people know them. */
const codecNames: Record<string, string> = { avc: 'H.264', hevc: 'H.265', av1: 'AV1', aac: 'AAC' }

function codecName(codec: string) {
  return codecNames[codec] ?? codec
}

function fileWords({ sizeBytes, videoCodec, audioCodec }: FileView) {
  const sound = audioCodec ? codecName(audioCodec) : 'silent'
  const parts = [videoCodec && codecName(videoCodec), sound, sizeBytes && formatBytes(sizeBytes)]
  return parts.filter(Boolean).join(', ')
}
