'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { changeMember, readOrganization, removeMember } from '#lib/ai/api/people/organizations'
import { reloadAccount } from '#lib/ai/api/people/use-account'
import type { OrganizationRole } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { Awaited, Section } from '../../people/section-page.tsx'
import { useAnswer } from '../../people/use-answer.ts'
import type { Doing } from '../../people/use-doing.ts'
import { MemberList } from './member-list.tsx'
import { OrganizationInvitations } from './organization-invitations.tsx'

interface OrganizationSectionProps {
  id: string
  name: string
  /** The user's own in it. */
  role: OrganizationRole
  userId: string
  doing: Doing
}

/** One organization: its members, with what the user's role in it allows. */
export function OrganizationSection({ id, name, role, userId, doing }: OrganizationSectionProps) {
  const t = useTranslations()
  const { answer, error, reload } = useAnswer(`organization ${id}`, () => readOrganization(id))
  return (
    <Section
      id={`organization-${id}`}
      title={name}
      help={t(`organizations.role_${role}`)}
      aside={<LeaveButton id={id} name={name} userId={userId} doing={doing} />}
    >
      <Awaited answer={answer} error={error} reload={reload} />
      {answer && (
        <MemberList
          organization={answer}
          userId={userId}
          onRole={(member, chosen) =>
            doing.run(
              () => changeMember(id, member.userId, chosen).then(reload),
              message('organizations.roleChanged', {
                name: member.name,
                role: message(`organizations.role_${chosen}`),
              }),
            )
          }
          onRemove={(member) =>
            doing.run(
              () => removeMember(id, member.userId).then(reload),
              message('organizations.removed', { name: member.name }),
            )
          }
        />
      )}
      {role !== 'member' && <OrganizationInvitations id={id} role={role} doing={doing} />}
    </Section>
  )
}

type LeaveButtonProps = Omit<OrganizationSectionProps, 'role'>

function LeaveButton({ id, name, userId, doing }: LeaveButtonProps) {
  const t = useTranslations('organizations')
  const [isAsking, setIsAsking] = useState(false)
  const leave = () =>
    doing.run(
      () => removeMember(id, userId).then(reloadAccount),
      message('organizations.left', { name }),
    )
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        aria-label={t('leaveOf', { name })}
        onClick={() => setIsAsking(true)}
      >
        {t('leave')}
      </Button>
      <ConfirmDialog
        title={t('leaveTitle', { name })}
        description={t('leaveHelp')}
        action={t('leave')}
        isOpen={isAsking}
        onConfirm={() => {
          setIsAsking(false)
          leave()
        }}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}
