'use client'

import { EllipsisIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Select } from '#components/ui/form/select'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { MenuButton } from '#components/ui/overlay/menu-button'
import { Tag } from '#components/ui/tag'
import {
  banPerson,
  changeRole,
  makeResetLink,
  signOutPerson,
  unbanPerson,
} from '#lib/ai/api/people/admin'
import type { AccountUser } from '#lib/contract/people/account'
import type { PersonView } from '#lib/contract/people/admin'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { SecretOnce } from '../../people/secret-once.tsx'
import { rowStyle } from '../../people/section-page.tsx'
import type { Doing } from '../../people/use-doing.ts'

interface PersonRowProps {
  person: PersonView
  /** Who is looking; undefined until known. */
  viewer: AccountUser | undefined
  doing: Doing
  onChange: () => Promise<void>
}

/** A person: role, and what the viewer may do for the account. Admins look after members, the owner after admins too. */
export function PersonRow(props: PersonRowProps) {
  const { person, viewer, doing } = props
  const t = useTranslations('admin.people')
  const [link, setLink] = useState<string>()
  const { id, name, role } = person
  const isOwn = id === viewer?.id
  const isKept =
    !viewer || isOwn || role === 'owner' || (role === 'admin' && viewer.role !== 'owner')
  const makeLink = () => doing.run(async () => setLink(await makeResetLink(id)))
  return (
    <li className="py-3">
      <div className={`${rowStyle} py-0!`}>
        <Identity person={person} isOwn={isOwn} />
        {isKept || viewer.role !== 'owner' ? (
          <span className="text-soft">{t(`role_${role}`)}</span>
        ) : (
          <RoleSelect {...props} />
        )}
        {!isKept && <PersonMenu {...props} onResetLink={makeLink} />}
      </div>
      {link !== undefined && (
        <SecretOnce
          title={t('resetTitle', { name })}
          help={t('resetHelp', { name })}
          secret={link}
          onDone={() => setLink(undefined)}
        />
      )}
    </li>
  )
}

function RoleSelect({ person: { id, name, role }, doing, onChange }: PersonRowProps) {
  const t = useTranslations('admin.people')
  const choose = (chosen: 'admin' | 'user') => {
    const role = message(`admin.people.role_${chosen}`)
    doing.run(
      () => changeRole(id, chosen).then(onChange),
      message('admin.people.roleChanged', { name, role }),
    )
  }
  return (
    <div className="w-40">
      <Select
        aria-label={t('roleOf', { name })}
        value={role}
        onChange={({ target }) => choose(target.value as 'admin' | 'user')}
      >
        <option value="user">{t('role_user')}</option>
        <option value="admin">{t('role_admin')}</option>
      </Select>
    </div>
  )
}

function PersonMenu(props: PersonRowProps & { onResetLink: () => void }) {
  const { person, doing, onChange, onResetLink } = props
  const { id, name, isBanned } = person
  const t = useTranslations('admin.people')
  const [isAsking, setIsAsking] = useState(false)
  const signOut = () =>
    doing.run(() => signOutPerson(id), message('admin.people.signedOut', { name }))
  const unban = () =>
    doing.run(() => unbanPerson(id).then(onChange), message('admin.people.unbanned', { name }))
  const items = [
    { label: t('resetLink'), onSelect: onResetLink },
    { label: t('signOutAll'), onSelect: signOut },
    isBanned
      ? { label: t('unban'), onSelect: unban }
      : { label: t('ban'), onSelect: () => setIsAsking(true) },
  ]
  return (
    <>
      <MenuButton label={t('more', { name })} items={items}>
        <EllipsisIcon />
      </MenuButton>
      <ConfirmDialog
        title={t('banTitle', { name })}
        description={t('banHelp', { name })}
        action={t('ban')}
        isOpen={isAsking}
        onConfirm={() => {
          setIsAsking(false)
          doing.run(() => banPerson(id).then(onChange))
        }}
        onClose={() => setIsAsking(false)}
      />
    </>
  )
}

function Identity({ person, isOwn }: Pick<PersonRowProps, 'person'> & { isOwn: boolean }) {
  const t = useTranslations('admin.people')
  const { date } = useFormat()
  const { name, email, isBanned, createdAt } = person
  return (
    <div className="min-w-0 flex-1 basis-44">
      <p className="flex flex-wrap items-center gap-2">
        <span dir="auto" className="min-w-0 font-medium">
          {name}
        </span>
        {isOwn && <Tag>{t('you')}</Tag>}
        {isBanned && <Tag>{t('banned')}</Tag>}
      </p>
      <p className="flex flex-wrap gap-x-3 text-soft">
        <span dir="auto" className="min-w-0">
          {email}
        </span>
        <span className="tabular-nums">{t('since', { date: date(createdAt) })}</span>
      </p>
    </div>
  )
}
