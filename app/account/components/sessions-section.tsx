'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { Tag } from '#components/ui/tag'
import {
  readSessions,
  revokeOtherSessions,
  revokeSession,
  type SessionView,
} from '#lib/ai/api/people/security'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { serverNow } from '#lib/contract/answer-headers'
import { agentName } from '../../people/agent-name.ts'
import { Awaited, Section, rowStyle, rowsStyle } from '../../people/section-page.tsx'
import { useAnswer } from '../../people/use-answer.ts'
import type { Doing } from '../../people/use-doing.ts'

/** The browsers that are signed in: each can be signed out from here. */
export function SessionsSection({ doing }: { doing: Doing }) {
  const t = useTranslations('account')
  const { answer, error, reload } = useAnswer('sessions', readSessions)
  const hasOthers = answer?.some(({ isCurrent }) => !isCurrent)
  return (
    <Section
      id="sessions-heading"
      title={t('sessions.title')}
      help={t('sessions.help')}
      aside={
        hasOthers && (
          <Button
            size="small"
            aria-disabled={doing.isBusy}
            onClick={() =>
              doing.run(
                () => revokeOtherSessions().then(reload),
                message('account.sessions.othersRevoked'),
              )
            }
          >
            {t('sessions.revokeOthers')}
          </Button>
        )
      }
    >
      <Awaited answer={answer} error={error} reload={reload} />
      {answer && (
        <ul className={rowsStyle}>
          {answer.map((session) => (
            <SessionRow
              key={session.id}
              session={session}
              onRevoke={() =>
                doing.run(
                  () => revokeSession(session.id).then(reload),
                  message('account.sessions.revoked'),
                )
              }
            />
          ))}
        </ul>
      )}
    </Section>
  )
}

function SessionRow({ session, onRevoke }: { session: SessionView; onRevoke: () => void }) {
  const t = useTranslations('account.sessions')
  const { moment } = useFormat()
  const { browser, system } = agentName(session.userAgent)
  const agent = browser && system ? t('agent', { browser, system }) : (browser ?? t('unknownAgent'))
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1">
        <p>{agent}</p>
        <p className="text-soft tabular-nums">
          <time dateTime={session.lastUsedAt}>
            {t('lastUse', { when: moment(session.lastUsedAt, serverNow()) })}
          </time>
        </p>
      </div>
      {session.isCurrent ? (
        <Tag>{t('current')}</Tag>
      ) : (
        <Button
          size="small"
          variant="quiet"
          aria-label={t('revokeOf', { agent })}
          onClick={onRevoke}
        >
          {t('revoke')}
        </Button>
      )}
    </li>
  )
}
