import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import type { GoneReason, SessionTrouble } from '#lib/contract/answer-headers'
import type { MediaType } from '#lib/contract/generation'
import { type MessageRef, message } from '#lib/messages/message'

interface GoneNoticeProps {
  reason: GoneReason
  fileId: string
  prompt: string
  /** What it was, where that is known. */
  kind?: MediaType
  /** What can be done about it. */
  children?: ReactNode
}

/** What is shown in the place of a video that was followed and is not found any more. */
export function GoneNotice(props: GoneNoticeProps) {
  const { reason, fileId, prompt, kind = 'video', children } = props
  const t = useTranslations('failure')
  const headingId = useId()
  return (
    <article
      aria-labelledby={headingId}
      className="max-w-prose border-l-2 border-signal pl-4 text-sm wrap-anywhere"
    >
      <h3 id={headingId} className="font-semibold">
        {t(`gone.${reason}`, { kind })}
      </h3>
      {prompt && (
        <p dir="auto" className="mt-1 line-clamp-2">
          {prompt}
        </p>
      )}
      <p className="mt-1 text-pretty text-soft">{t(`goneHelp.${reason}`)}</p>
      {reason !== 'deleted' && <p className="mt-1 font-mono text-tiny text-soft">{fileId}</p>}
      {children && <div className="mt-2">{children}</div>}
    </article>
  )
}

/** The same in one line, where there is room for no more. */
export function goneLabel(reason: GoneReason, kind: MediaType = 'video'): MessageRef {
  if (reason === 'deleted') return message('failure.gone.short')
  const title = message(`failure.gone.${reason}`, { kind })
  return message('failure.gone.line', { title, help: message(`failure.goneHelp.${reason}`) })
}

/** Why the list is the one from before. */
export function sessionNotice(reason: SessionTrouble): MessageRef {
  return reason === 'no_session' ? goneLabel(reason) : message('failure.gone.list')
}
