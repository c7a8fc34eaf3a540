'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/form/select'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { Tag } from '#components/ui/tag'
import type {
  MemberView,
  OrganizationAnswer,
  OrganizationRole,
} from '#lib/contract/people/organization'
import { rowStyle, rowsStyle } from '../../people/section-page.tsx'

interface MemberListProps {
  organization: OrganizationAnswer
  userId: string
  onRole: (member: MemberView, role: OrganizationRole) => void
  onRemove: (member: MemberView) => void
}

/** The members of an organization. Their roles are changed here by those who may. */
export function MemberList({ organization, userId, onRole, onRemove }: MemberListProps) {
  const t = useTranslations('organizations')
  const [leaving, setLeaving] = useState<MemberView>()
  return (
    <>
      <ul aria-label={t('members', { name: organization.name })} className={rowsStyle}>
        {organization.members.map((member) => (
          <MemberRow
            key={member.userId}
            member={member}
            isOwn={member.userId === userId}
            ownRole={organization.role}
            onRole={(role) => onRole(member, role)}
            onRemove={() => setLeaving(member)}
          />
        ))}
      </ul>
      <ConfirmDialog
        title={t('removeTitle', { name: leaving?.name ?? '' })}
        description={t('removeHelp', {
          name: leaving?.name ?? '',
          organization: organization.name,
        })}
        action={t('remove')}
        isOpen={leaving !== undefined}
        onConfirm={() => {
          if (leaving) onRemove(leaving)
          setLeaving(undefined)
        }}
        onClose={() => setLeaving(undefined)}
      />
    </>
  )
}

interface MemberRowProps {
  member: MemberView
  isOwn: boolean
  /** The reader's role in the organization. */
  ownRole: OrganizationRole
  onRole: (role: OrganizationRole) => void
  onRemove: () => void
}

function MemberRow({ member, isOwn, ownRole, onRole, onRemove }: MemberRowProps) {
  const t = useTranslations('organizations')
  const { name, email, role } = member
  const mayChange = !isOwn && rolesBelow(ownRole).includes(role)
  return (
    <li className={rowStyle}>
      <div className="min-w-0 flex-1 basis-44">
        <p className="flex flex-wrap items-center gap-2">
          <span dir="auto" className="min-w-0 font-medium">
            {name}
          </span>
          {isOwn && <Tag>{t('you')}</Tag>}
        </p>
        <p dir="auto" className="text-soft">
          {email}
        </p>
      </div>
      {mayChange ? (
        <>
          <div className="w-40">
            <Select
              aria-label={t('roleOf', { name })}
              value={role}
              onChange={({ target }) => onRole(target.value as OrganizationRole)}
            >
              {rolesBelow(ownRole).map((one) => (
                <option key={one} value={one}>
                  {t(`role_${one}`)}
                </option>
              ))}
            </Select>
          </div>
          <Button
            size="small"
            variant="quiet"
            aria-label={t('removeOf', { name })}
            onClick={onRemove}
          >
            {t('remove')}
          </Button>
        </>
      ) : (
        <span className="text-soft">{t(`role_${role}`)}</span>
      )}
    </li>
  )
}

/** The roles that one of this role may give and take. */
export function rolesBelow(role: OrganizationRole): readonly OrganizationRole[] {
  if (role === 'member') return []
  return role === 'owner' ? ['owner', 'admin', 'member'] : ['admin', 'member']
}
