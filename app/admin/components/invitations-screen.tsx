'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { LiveRegion } from '#components/ui/live-region'
import { invite, readInvitations, revokeInvitation } from '#lib/ai/api/people/admin'
import type { InvitationView } from '#lib/contract/people/admin'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { InviteForm } from '../../people/invite-form.tsx'
import { Awaited, Section, rowStyle, rowsStyle } from '../../people/section-page.tsx'
import { useAnswer } from '../../people/use-answer.ts'
import { useDoing } from '../../people/use-doing.ts'

/** Links that let people in: made, listed, revoked. */
export function InvitationsScreen() {
  const t = useTranslations()
  const doing = useDoing()
  const { answer, error, reload } = useAnswer('invitations', readInvitations)
  const { account } = useAccountPage()
  const given = account?.user?.role === 'owner' ? (['admin', 'user'] as const) : (['user'] as const)
  const roles = given.map((role) => ({ role, name: t(`invitations.role_${role}`) }))
  const create = async (role: 'admin' | 'user', days: number) => {
    try {
      return await invite(role, days)
    } finally {
      await reload()
    }
  }
  return (
    <>
      <Section id="invitations-heading" title={t('invitations.title')} help={t('invitations.help')}>
        <InviteForm label={t('invitations.role')} roles={roles} onCreate={create} />
      </Section>
      <Awaited answer={answer} error={error} reload={reload} />
      {answer?.length === 0 && <p className="text-sm text-soft">{t('invitations.none')}</p>}
      {answer && answer.length > 0 && (
        <ul aria-label={t('invitations.title')} className={rowsStyle}>
          {answer.map((invitation) => (
            <Invitation
              key={invitation.id}
              invitation={invitation}
              onRevoke={() =>
                doing.run(
                  () => revokeInvitation(invitation.id).then(reload),
                  message('invitations.revoked'),
                )
              }
            />
          ))}
        </ul>
      )}
      <LiveRegion announcement={doing.announcement} />
    </>
  )
}

interface InvitationProps {
  invitation: InvitationView
  onRevoke: () => void
}

function Invitation({ invitation, onRevoke }: InvitationProps) {
  const t = useTranslations('invitations')
  const { date } = useFormat()
  const { role, organization, createdAt, expiresAt, state } = invitation
  const created = date(createdAt)
  const name = t(`role_${role}`)
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1 basis-44">
        <p dir="auto">
          {organization ? t('to', { role: name, organization: organization.name }) : name}
        </p>
        <p className="flex flex-wrap gap-x-3 text-soft tabular-nums">
          <span>{t('by', { date: created })}</span>
          <span>{t(`state_${state}`, { date: date(expiresAt) })}</span>
        </p>
      </div>
      {state === 'open' && (
        <Button
          size="small"
          variant="quiet"
          aria-label={t('revokeOf', { date: created })}
          onClick={onRevoke}
        >
          {t('revoke')}
        </Button>
      )}
    </li>
  )
}
