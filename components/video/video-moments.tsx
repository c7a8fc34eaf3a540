import { isFinal, type FileView } from '#lib/contract/file-view'
import { formatSpan, secondsBetween } from './format-time.ts'
import { statusWords } from './status-words.ts'

/** What happened to a video, and when: asked for, begun, over. */
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
        {statusWords(view)}
        {finishedAt && `, ${spanBetween(createdAt, finishedAt)} after it was asked for`}
      </dd>
    </dl>
  )
}

function spanBetween(from: string, to: string) {
  return formatSpan(secondsBetween(from, to))
}
