import { useTranslations } from 'next-intl'
import { Tag } from '#components/ui/tag'
import { type FileView, isFinal } from '#lib/contract/file-view'
import { codecName } from '#lib/contract/film-format'
import { formatTimecode, secondsBetween } from '#lib/messages/format'
import { type MessageRef, type Sentence, message } from '#lib/messages/message'
import { useFormat, useSay } from '#lib/messages/use-say'
import { fallbackMessage } from './failure/attempt-label.ts'
import {
  costLabel,
  deliveryLabel,
  paymentLabel,
  statusLabel,
  statusMessage,
} from './progress/status-label.ts'

/** Everything known about a video or an image, as a list of names and values. */
export function VideoFacts({ view }: { view: FileView }) {
  const { settings } = view
  const t = useTranslations('card')
  const say = useSay()
  return (
    <dl className={listStyle}>
      <ModelFact view={view} />
      <WorkFact view={view} />
      <MakerFact view={view} />
      <dt>{t('fact.format')}</dt>
      <dd>{[ratioName(settings), `${view.width} × ${view.height}`].filter(Boolean).join(', ')}</dd>
      <OptionalFact fact="note" value={statusMessage(view)} />
      {view.type === 'video' && (
        <>
          <dt>{t('fact.duration')}</dt>
          <dd>{formatTimecode(view.durationSeconds ?? settings.duration)}</dd>
        </>
      )}
      <dt>{t('fact.file')}</dt>
      <FileFact view={view} />
      {view.kind !== 'edit' && settings.work?.operation !== 'upscale' && (
        <>
          <dt>{t('fact.seed')}</dt>
          <dd>{settings.seed}</dd>
        </>
      )}
      <OptionalFact fact="promptBefore" value={settings.promptBefore ?? null} />
      <dt>{t('fact.cost')}</dt>
      <dd>{say(costLabel(view))}</dd>
      <OptionalFact fact="payment" value={paymentLabel(view)} />
      <OptionalFact fact="delivery" value={deliveryLabel(view)} className="text-signal-ink" />
    </dl>
  )
}

const listStyle =
  'grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm tabular-nums [&>dt]:text-soft'

/** The model, or what an edit has done. */
function ModelFact({ view }: { view: FileView }) {
  const t = useTranslations()
  const { edit } = view.settings
  return (
    <>
      <dt>{edit ? t('edits.fact') : t('card.fact.model')}</dt>
      <dd dir="auto">
        <span>{edit ? t(`edits.operation.${edit.operation}`) : view.modelLabel}</span>{' '}
        {view.isDemo && <Tag>{t('card.demo')}</Tag>}
      </dd>
    </>
  )
}

/** How it was made of a finished video, where it was. */
function WorkFact({ view: { settings, providerLabel: provider } }: { view: FileView }) {
  const t = useTranslations('work')
  const { work } = settings
  if (!work) return null
  return (
    <>
      <dt>{t('fact')}</dt>
      <dd dir="auto">
        {work.operation === 'upscale'
          ? t('made.upscale', { size: work.to })
          : t(`made.${work.way}`, { provider })}
      </dd>
    </>
  )
}

/** Which provider made it, and why that one where there was a choice. */
function MakerFact({ view }: { view: FileView }) {
  const t = useTranslations('card')
  const say = useSay()
  if (view.isDemo || view.kind === 'edit' || !view.providerLabel) return null
  const why = fallbackMessage(view) ?? view.routeReasonRef ?? view.routeReason
  return (
    <>
      <dt>{t('fact.provider')}</dt>
      <dd dir="auto">
        <span>{view.providerLabel}</span>
        <span className="block text-soft">{say(why)}</span>
      </dd>
    </>
  )
}

interface OptionalFactProps {
  fact: 'note' | 'promptBefore' | 'payment' | 'delivery'
  value: Sentence | null
  className?: string
}

function OptionalFact({ fact, value, className }: OptionalFactProps) {
  const t = useTranslations('card')
  const say = useSay()
  if (!value) return null
  return (
    <>
      <dt>{t(`fact.${fact}`)}</dt>
      <dd dir="auto" className={className}>
        {say(value)}
      </dd>
    </>
  )
}

function FileFact({ view }: { view: FileView }) {
  const { type, sizeBytes, contentType, videoCodec, audioCodec } = view
  const t = useTranslations('card')
  const { bytes } = useFormat()
  if (type === 'image')
    return (
      <dd>
        {[pictureName(contentType), sizeBytes && bytes(sizeBytes)].filter(Boolean).join(', ')}
      </dd>
    )
  const sound = audioCodec ? (codecName(audioCodec) ?? t('sound')) : t('silent')
  const parts = [codecName(videoCodec), sound, sizeBytes && bytes(sizeBytes)]
  return <dd>{parts.filter(Boolean).join(', ')}</dd>
}

/** The name of an image's format: `PNG` of `image/png`. */
function pictureName(contentType: string | null) {
  return contentType?.replace('image/', '').toUpperCase()
}

/** Sides of one's own have no name. */
function ratioName({ aspectRatio }: FileView['settings']) {
  return aspectRatio === 'custom' ? null : aspectRatio
}

/** When a video was requested, started and finished. */
export function VideoMoments({ view }: { view: FileView }) {
  const { createdAt, startedAt } = view
  const t = useTranslations('card')
  const say = useSay()
  const { timestamp, span } = useFormat()
  return (
    <dl className={listStyle}>
      <dt>{t('fact.requested')}</dt>
      <dd>
        <time dateTime={createdAt}>{timestamp(createdAt)}</time>
      </dd>
      <dt>{t('fact.started')}</dt>
      <dd>
        {startedAt
          ? t('moment.startedAfter', { span: span(secondsBetween(createdAt, startedAt)) })
          : t('moment.notYet')}
      </dd>
      <dt>{isFinal(view) ? t('fact.ended') : t('fact.now')}</dt>
      <dd>{say(lastMoment(view))}</dd>
    </dl>
  )
}

function lastMoment(view: FileView): MessageRef {
  const status = statusLabel(view)
  if (!view.finishedAt) return status
  const seconds = secondsBetween(view.createdAt, view.finishedAt)
  return message('card.moment.endedAfter', { status, span: { seconds } })
}
