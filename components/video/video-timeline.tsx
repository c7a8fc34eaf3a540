import { formatSpan, secondsBetween } from '#components/ui/format.ts'
import type { GenerationState, TimelineEvent } from '#lib/contract/file-view'

const eventLabels: Record<GenerationState, string> = {
  queued: 'Queued',
  submitting: 'Submitting',
  waiting: 'Accepted by the provider',
  storing: 'Made, being saved',
  submit_unknown: 'No answer from the provider',
  completed: 'Ready',
  failed: 'Failed',
  canceled: 'Canceled',
}

/** Where the time went: each change of a video's state, and how long after the start it came. */
export function VideoTimeline({ events }: { events: TimelineEvent[] }) {
  const [first] = events
  if (!first) return null
  return (
    <section aria-label="Timeline" className="border-t border-hairline pt-4 text-sm">
      <h3 className="mb-2 font-medium">Timeline</h3>
      <ol className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-1 tabular-nums">
        {events.map(({ state, at }, index) => (
          <li key={`${at} ${state}`} className="contents">
            <time dateTime={at} className="text-soft">
              {index === 0
                ? new Date(at).toLocaleTimeString('en-GB')
                : `+ ${formatSpan(secondsBetween(first.at, at))}`}
            </time>
            <span>{eventLabels[state]}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
