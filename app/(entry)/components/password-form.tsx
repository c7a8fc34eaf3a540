'use client'

import { useTranslations } from 'next-intl'
import { signIn } from '#lib/ai/api/people/sign-in'
import { EmailField, FormOf, PasswordField, SubmitButton } from '../../people/entry-fields.tsx'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'
import { linkStyle } from './entry-page.tsx'

interface PasswordFormProps {
  onDone: () => 'leaving'
  /** The password was right, and the account asks for a code. */
  onCode: () => void
  onForgot: () => void
}

export function PasswordForm({ onDone, onCode, onForgot }: PasswordFormProps) {
  const t = useTranslations('entry')
  const form = useEntryForm({ email: rules.email, password: rules.password }, async (values) => {
    const { needsCode } = await signIn(values.email.trim(), values.password)
    return needsCode ? onCode() : onDone()
  })
  return (
    <FormOf form={form}>
      <EmailField form={form} name="email" />
      <PasswordField
        form={form}
        name="password"
        label={t('password')}
        autoComplete="current-password"
      />
      <SubmitButton form={form}>{t('signIn.submit')}</SubmitButton>
      <p className="text-sm">
        <button type="button" onClick={onForgot} className={linkStyle}>
          {t('signIn.forgot')}
        </button>
      </p>
    </FormOf>
  )
}
