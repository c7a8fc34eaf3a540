import { type ReactNode, useId } from 'react'
import type { GoneReason, SessionTrouble } from '#lib/contract/answer-headers'

const titles: Record<GoneReason, string> = {
  deleted: 'This video was deleted',
  other_session: 'This video belongs to another session',
  no_session: 'Your browser refuses cookies, or they were cleared',
}

const ways: Record<GoneReason, string> = {
  deleted: 'It was deleted on another page or device.',
  other_session:
    'This browser has a new session, for example because its cookies were cleared. Nothing is lost: the video stays with the session that started it. Open the studio there to see it.',
  no_session:
    'Videos belong to a session, and the session is kept in a cookie. Allow cookies for this site, then reload the page.',
}

interface GoneNoticeProps {
  reason: GoneReason
  fileId: string
  prompt: string
  /** What can be done about it. */
  children?: ReactNode
}

/** What is shown in the place of a video that was followed and is not found any more. */
export function GoneNotice({ reason, fileId, prompt, children }: GoneNoticeProps) {
  const headingId = useId()
  return (
    <article
      aria-labelledby={headingId}
      className="max-w-prose border-l-2 border-signal pl-4 text-sm wrap-anywhere"
    >
      <h3 id={headingId} className="font-semibold">
        {titles[reason]}
      </h3>
      {prompt && (
        <p dir="auto" className="mt-1 line-clamp-2">
          {prompt}
        </p>
      )}
      <p className="mt-1 text-pretty text-soft">{ways[reason]}</p>
      {reason !== 'deleted' && <p className="mt-1 font-mono text-tiny text-soft">{fileId}</p>}
      {children && <div className="mt-2">{children}</div>}
    </article>
  )
}

/** The same in one line, where there is room for no more. */
export function goneLabel(reason: GoneReason) {
  return reason === 'deleted' ? 'Deleted' : `${titles[reason]}. ${ways[reason]}`
}

/** Why the list is the one from before. */
export function sessionNotice(reason: SessionTrouble) {
  return reason === 'no_session'
    ? `${titles.no_session}. ${ways.no_session}`
    : 'This browser has another session now. The videos below belong to the one from before; reload the page for those of the new one.'
}
