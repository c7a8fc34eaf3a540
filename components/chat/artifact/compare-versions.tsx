'use client'

import { useTranslations } from 'next-intl'
import { Fragment, useRef } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/form/select'
import { VideoFrame } from '#components/video/video-frame'
import type { ChatVideo } from '#lib/contract/chat'
import type { FileView } from '#lib/contract/file-view'
import { costLabel, statusLabel } from '#components/video/progress/status-label.ts'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

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
  const t = useTranslations('chat.compare')
  const say = useSay()
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
        <ComparedVersion name={t('left')} family={family} {...left} />
        <ComparedVersion name={t('right')} family={family} {...right} />
      </div>
      <Button size="small" className="mt-4" onClick={playBoth}>
        {t('playBoth')}
      </Button>
      <dl aria-label={t('differences')} className={differencesStyle}>
        {differences.map(({ name, values }) => (
          <Fragment key={name.key}>
            <dt className="col-span-2 mt-3 border-t border-hairline pt-3 text-soft">{say(name)}</dt>
            <dd dir="auto">{say(values[0])}</dd>
            <dd dir="auto">{say(values[1])}</dd>
          </Fragment>
        ))}
      </dl>
      <p className="mt-3 border-t border-hairline pt-3 text-tiny text-soft">{t('restSame')}</p>
    </div>
  )
}

const differencesStyle = 'mt-3 grid grid-cols-2 gap-x-4 gap-y-1 text-sm tabular-nums'

interface ComparedVersionProps extends Side {
  name: string
  family: readonly ChatVideo[]
}

function ComparedVersion({ name, family, fileId, view, onPick }: ComparedVersionProps) {
  const t = useTranslations('chat.compare')
  return (
    <section aria-label={name} className="min-w-0 space-y-3">
      {view && <VideoFrame view={view} />}
      <Select aria-label={name} value={fileId} onChange={({ target }) => onPick(target.value)}>
        {family.map((video, index) => (
          <option key={video.fileId} value={video.fileId}>
            {t('version', { version: index + 1, number: video.number })}
          </option>
        ))}
      </Select>
    </section>
  )
}

interface Difference {
  name: MessageRef
  /** The left one, the right one. */
  values: [Sentence, Sentence]
}

const aspects = {
  prompt: ({ settings }) => settings.prompt,
  model: ({ modelLabel }) => modelLabel,
  firstFrame: ({ settings }) => imageName(settings.inputs.firstFrame),
  format: ({ settings, width, height }) =>
    message('chat.compare.format', { ratio: settings.aspectRatio, width, height }),
  duration: ({ settings }) =>
    message('chat.compare.length', { length: { seconds: settings.duration } }),
  negativePrompt: ({ settings }) => settings.negativePrompt ?? message('chat.compare.none'),
  sound: ({ settings }) => message(settings.generateAudio ? 'chat.compare.on' : 'chat.compare.off'),
  seed: ({ settings }) => String(settings.seed),
  cost: costLabel,
  status: statusLabel,
} satisfies Record<string, (view: FileView) => Sentence>

/** The differences of two videos; what is the same is omitted. */
export function differencesBetween(left: FileView, right: FileView): Difference[] {
  return (Object.keys(aspects) as (keyof typeof aspects)[])
    .map((name): Difference => {
      const read = aspects[name]
      return { name: message(`chat.compare.aspect_${name}`), values: [read(left), read(right)] }
    })
    .filter(({ values: [a, b] }) => JSON.stringify(a) !== JSON.stringify(b))
}

/** The last letters of its id are enough to tell two images apart. */
function imageName(id: string | null) {
  return id
    ? message('chat.compare.image', { name: id.slice(-4) })
    : message('chat.compare.noImage')
}
