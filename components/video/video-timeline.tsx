import { useTranslations } from 'next-intl'
import type { TimelineEvent } from '#lib/contract/file-view'
import { secondsBetween } from '#lib/messages/format'
import { useFormat } from '#lib/messages/use-say'

/** Where the time went: each change of a video's state, and how long after the start it came. */
export function VideoTimeline({ events }: { events: TimelineEvent[] }) {
  const t = useTranslations('card')
  const { time, span } = useFormat()
  const [first] = events
  if (!first) return null
  return (
    <section aria-label={t('timeline.title')} className="border-t border-hairline pt-4 text-sm">
      <h3 className="mb-2 font-medium">{t('timeline.title')}</h3>
      <ol className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 tabular-nums">
        {events.map(({ state, at }, index) => (
          <li key={`${at} ${state}`} className="contents">
            <time dateTime={at} className="text-soft">
              {index === 0
                ? time(at)
                : t('timeline.after', { span: span(secondsBetween(first.at, at)) })}
            </time>
            <span>{t(`timeline.${state}`)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
