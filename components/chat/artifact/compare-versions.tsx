'use client'

import { Fragment, useRef } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/form/select'
import { VideoFrame } from '#components/video/video-frame'
import type { ChatVideo } from '#lib/contract/chat'
import type { FileView } from '#lib/contract/file-view'
import { costLabel, statusLabel } from '#components/video/progress/status-label.ts'

interface Side {
  fileId: string
  /** Undefined until it is looked up. */
  view: FileView | undefined
  onPick: (fileId: string) => void
}

interface CompareVersionsProps {
  family: readonly ChatVideo[]
  left: Side
  right: Side
}

/** Two versions side by side, played from the same moment on, and their differences. */
export function CompareVersions({ family, left, right }: CompareVersionsProps) {
  const films = useRef<HTMLDivElement>(null)
  const playBoth = () => {
    for (const video of films.current?.querySelectorAll('video') ?? []) {
      video.currentTime = 0
      void video.play().catch(() => {})
    }
  }
  const differences = left.view && right.view ? differencesBetween(left.view, right.view) : []
  return (
    <div>
      <div ref={films} className="grid grid-cols-2 items-end gap-4">
        <ComparedVersion name="Left" family={family} {...left} />
        <ComparedVersion name="Right" family={family} {...right} />
      </div>
      <Button size="small" className="mt-4" onClick={playBoth}>
        Play both
      </Button>
      <dl aria-label="What tells the two apart" className={differencesStyle}>
        {differences.map(({ name, values }) => (
          <Fragment key={name}>
            <dt className="col-span-2 mt-3 border-t border-hairline pt-3 text-soft">{name}</dt>
            <dd dir="auto">{values[0]}</dd>
            <dd dir="auto">{values[1]}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="mt-3 border-t border-hairline pt-3 text-tiny text-soft">
        Everything else is the same.
      </p>
    </div>
  )
}

const differencesStyle = 'mt-3 grid grid-cols-2 gap-x-4 gap-y-1 text-sm tabular-nums'

interface ComparedVersionProps extends Side {
  name: string
  family: readonly ChatVideo[]
}

function ComparedVersion({ name, family, fileId, view, onPick }: ComparedVersionProps) {
  return (
    <section aria-label={name} className="min-w-0 space-y-3">
      {view && <VideoFrame view={view} />}
      <Select aria-label={name} value={fileId} onChange={({ target }) => onPick(target.value)}>
        {family.map((video, index) => (
          <option key={video.fileId} value={video.fileId}>
            {`Version ${index + 1} (video ${video.number})`}
          </option>
        ))}
      </Select>
    </section>
  )
}

interface Difference {
  name: string
  /** The left one, the right one. */
  values: [string, string]
}

const aspects: [name: string, read: (view: FileView) => string][] = [
  ['Prompt', ({ settings }) => settings.prompt],
  ['Model', ({ modelLabel }) => modelLabel],
  // The last letters of its id are enough to tell two images apart.
  ['Begins with', ({ settings }) => imageName(settings.inputs.firstFrame)],
  ['Frame', ({ settings, width, height }) => `${settings.aspectRatio}, ${width} × ${height}`],
  ['Length', ({ settings }) => `${settings.duration} s`],
  ['Without', ({ settings }) => settings.negativePrompt ?? 'nothing said'],
  ['Sound', ({ settings }) => (settings.generateAudio ? 'on' : 'off')],
  ['Seed', ({ settings }) => String(settings.seed)],
  ['Cost', costLabel],
  ['State', statusLabel],
]

/** The differences of two videos, as text; what is the same is omitted. */
export function differencesBetween(left: FileView, right: FileView): Difference[] {
  return aspects
    .map(([name, read]): Difference => ({ name, values: [read(left), read(right)] }))
    .filter(({ values: [a, b] }) => a !== b)
}

function imageName(id: string | null) {
  return id ? `image ${id.slice(-4)}` : 'no image'
}
