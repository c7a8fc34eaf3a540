'use client'

import { useTranslations } from 'next-intl'
import {
  EmailField,
  EntryField,
  FormOf,
  PasswordField,
  SubmitButton,
} from '../../people/entry-fields.tsx'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'

interface NewAccountFormProps {
  /** Of the button. */
  label: string
  onSend: (account: { name: string; email: string; password: string }) => Promise<'leaving'>
}

/** Name, e-mail and password of a new account. */
export function NewAccountForm({ label, onSend }: NewAccountFormProps) {
  const t = useTranslations('entry')
  const asked = { name: rules.name, email: rules.email, password: rules.newPassword }
  const form = useEntryForm(asked, ({ name, email, password }) =>
    onSend({ name: name.trim(), email: email.trim(), password }),
  )
  return (
    <FormOf form={form}>
      <EntryField form={form} name="name" label={t('name')} autoComplete="name" maxLength={100} />
      <EmailField form={form} name="email" />
      <PasswordField
        form={form}
        name="password"
        label={t('password')}
        autoComplete="new-password"
      />
      <SubmitButton form={form}>{label}</SubmitButton>
    </FormOf>
  )
}
