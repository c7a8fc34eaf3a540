'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { requestReset } from '#lib/ai/api/people/sign-in'
import { withBasePath } from '#lib/contract/calls/base-path'
import { EmailField, FormOf, SubmitButton } from '../../people/entry-fields.tsx'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'
import { EntryPage, linkStyle } from './entry-page.tsx'

interface ForgotFormProps {
  /** Whether the server can; else an admin makes the link. */
  canMail: boolean
  onBack: () => void
}

/** Has a link mailed for a new password. Says the same whether there is such an account. */
export function ForgotForm({ canMail, onBack }: ForgotFormProps) {
  const t = useTranslations('entry.forgot')
  const [sentTo, setSentTo] = useState<string>()
  const form = useEntryForm({ email: rules.email }, async ({ email }) => {
    await requestReset(email.trim(), withBasePath('/reset'))
    setSentTo(email.trim())
  })
  if (sentTo !== undefined)
    return (
      <EntryPage
        title={t('sentTitle')}
        help={<output className="block">{t('sent', { email: sentTo })}</output>}
      >
        <Button onClick={onBack}>{t('back')}</Button>
      </EntryPage>
    )
  if (!canMail)
    return (
      <EntryPage title={t('title')} help={t('byAdmin')}>
        <Button onClick={onBack}>{t('back')}</Button>
      </EntryPage>
    )
  return (
    <EntryPage title={t('title')} help={t('help')}>
      <FormOf form={form}>
        <EmailField form={form} name="email" takesFocus />
        <SubmitButton form={form}>{t('submit')}</SubmitButton>
      </FormOf>
      <p className="text-sm">
        <button type="button" className={linkStyle} onClick={onBack}>
          {t('back')}
        </button>
      </p>
    </EntryPage>
  )
}
