'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Field } from '#components/ui/form/field'
import { Select } from '#components/ui/form/select'
import { FormOf, SubmitButton } from './entry-fields.tsx'
import { SecretOnce } from './secret-once.tsx'
import { useEntryForm } from './use-entry-form.ts'

interface InviteFormProps<Role extends string> {
  /** Of the role's field. */
  label: string
  roles: readonly { role: Role; name: string }[]
  /** Answers the link. */
  onCreate: (role: Role, days: number) => Promise<string>
}

const spans = [1, 7, 30] as const
const usualSpan = 7

/** Makes a link that lets one person in, and shows it once. */
export function InviteForm<Role extends string>({ label, roles, onCreate }: InviteFormProps<Role>) {
  const t = useTranslations('invitations')
  const id = useId()
  const [link, setLink] = useState<string>()
  const anything = () => undefined
  const form = useEntryForm({ role: anything, days: anything }, async ({ role, days }) => {
    const chosen = roles.find((one) => one.role === role) ?? roles[0]!
    setLink(await onCreate(chosen.role, Number(days)))
  })
  if (link !== undefined)
    return (
      <SecretOnce
        title={t('onceTitle')}
        help={t('onceHelp')}
        secret={link}
        onDone={() => setLink(undefined)}
      />
    )
  return (
    <FormOf form={form}>
      <div className="flex flex-wrap items-end gap-4">
        <div className="min-w-36 flex-1">
          <Field label={label} htmlFor={`${id}-role`}>
            <Select id={`${id}-role`} name="role" defaultValue={roles.at(-1)?.role}>
              {roles.map(({ role, name }) => (
                <option key={role} value={role}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <div className="min-w-36 flex-1">
          <Field label={t('expires')} htmlFor={`${id}-days`}>
            <Select id={`${id}-days`} name="days" defaultValue={usualSpan}>
              {spans.map((count) => (
                <option key={count} value={count}>
                  {t('days', { count })}
                </option>
              ))}
            </Select>
          </Field>
        </div>
        <SubmitButton form={form} variant="outline">
          {t('create')}
        </SubmitButton>
      </div>
    </FormOf>
  )
}
