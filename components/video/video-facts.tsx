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

/** Everything known about a video, as a list of names and values. */
export function VideoFacts({ view }: { view: FileView }) {
  const { settings } = view
  const t = useTranslations('card')
  const say = useSay()
  return (
    <dl className={listStyle}>
      <dt>{t('fact.model')}</dt>
      <dd dir="auto">
        <span>{view.modelLabel}</span> {view.isDemo && <Tag>{t('demo')}</Tag>}
      </dd>
      <MakerFact view={view} />
      <dt>{t('fact.format')}</dt>
      <dd>{`${settings.aspectRatio}, ${view.width} × ${view.height}`}</dd>
      <OptionalFact fact="note" value={statusMessage(view)} />
      <dt>{t('fact.duration')}</dt>
      <dd>{formatTimecode(view.durationSeconds ?? settings.duration)}</dd>
      <dt>{t('fact.file')}</dt>
      <FileFact view={view} />
      <dt>{t('fact.seed')}</dt>
      <dd>{settings.seed}</dd>
      <dt>{t('fact.cost')}</dt>
      <dd>{say(costLabel(view))}</dd>
      <OptionalFact fact="payment" value={paymentLabel(view)} />
      <OptionalFact fact="delivery" value={deliveryLabel(view)} className="text-signal-ink" />
    </dl>
  )
}

const listStyle =
  'grid grid-cols-[auto_1fr] gap-x-5 gap-y-1.5 text-sm tabular-nums [&>dt]:text-soft'

/** Which provider made it, and why that one where there was a choice. */
function MakerFact({ view }: { view: FileView }) {
  const t = useTranslations('card')
  const say = useSay()
  if (view.isDemo || !view.providerLabel) return null
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
  fact: 'note' | 'payment' | 'delivery'
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

function FileFact({ view: { sizeBytes, videoCodec, audioCodec } }: { view: FileView }) {
  const t = useTranslations('card')
  const { bytes } = useFormat()
  const sound = audioCodec ? (codecName(audioCodec) ?? t('sound')) : t('silent')
  const parts = [codecName(videoCodec), sound, sizeBytes && bytes(sizeBytes)]
  return <dd>{parts.filter(Boolean).join(', ')}</dd>
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
