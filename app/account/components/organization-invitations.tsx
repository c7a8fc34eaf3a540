'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import {
  inviteToOrganization,
  readOpenInvitations,
  revokeOrganizationInvitation,
} from '#lib/ai/api/people/organizations'
import { useAccount } from '#lib/ai/api/people/use-account'
import { givesAccounts } from '#lib/contract/people/account'
import type { OrganizationInvitation, OrganizationRole } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { InviteForm } from '../../people/invite-form.tsx'
import { rowStyle, rowsStyle } from '../../people/section-page.tsx'
import { useAnswer } from '../../people/use-answer.ts'
import type { Doing } from '../../people/use-doing.ts'
import { rolesBelow } from './member-list.tsx'

interface OrganizationInvitationsProps {
  id: string
  /** The reader's own in the organization. */
  role: OrganizationRole
  doing: Doing
}

/** Links into an organization: made, and revoked while they are unused. */
export function OrganizationInvitations({ id, role, doing }: OrganizationInvitationsProps) {
  const t = useTranslations('organizations')
  const account = useAccount()
  const isForKnown = account?.user && !givesAccounts(account.signUp, account.user.role)
  const { answer, reload } = useAnswer(`links into ${id}`, () => readOpenInvitations(id))
  const roles = rolesBelow(role).map((one) => ({ role: one, name: t(`role_${one}`) }))
  const create = async (chosen: OrganizationRole, days: number) => {
    try {
      return await inviteToOrganization(id, chosen, days)
    } finally {
      await reload()
    }
  }
  const revoke = async (invitationId: string) => {
    await revokeOrganizationInvitation(id, invitationId)
    await reload()
  }
  return (
    <div className="mt-6">
      <h3 className="mb-3 text-sm font-medium">{t('invite')}</h3>
      {isForKnown && (
        <p className="mb-4 max-w-prose text-sm text-pretty text-soft">
          {t(account.signUp === 'off' ? 'inviteKnownOff' : 'inviteKnown')}
        </p>
      )}
      <InviteForm label={t('inviteRole')} roles={roles} onCreate={create} />
      {answer && answer.length > 0 && (
        <ul aria-label={t('openLinks')} className={`mt-5 ${rowsStyle}`}>
          {answer.map((invitation) => (
            <OpenInvitation
              key={invitation.id}
              invitation={invitation}
              onRevoke={() =>
                doing.run(() => revoke(invitation.id), message('invitations.revoked'))
              }
            />
          ))}
        </ul>
      )}
    </div>
  )
}

interface OpenInvitationProps {
  invitation: OrganizationInvitation
  onRevoke: () => void
}

function OpenInvitation({ invitation, onRevoke }: OpenInvitationProps) {
  const t = useTranslations()
  const { date } = useFormat()
  const { role, createdAt, expiresAt } = invitation
  const created = date(createdAt)
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1 basis-44">
        <p>{t(`organizations.role_${role}`)}</p>
        <p className="flex flex-wrap gap-x-3 text-soft tabular-nums">
          <span>{t('invitations.by', { date: created })}</span>
          <span>{t('invitations.state_open', { date: date(expiresAt) })}</span>
        </p>
      </div>
      <Button
        size="small"
        variant="quiet"
        aria-label={t('invitations.revokeOf', { date: created })}
        onClick={onRevoke}
      >
        {t('invitations.revoke')}
      </Button>
    </li>
  )
}
