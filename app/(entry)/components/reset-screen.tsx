'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { buttonStyle } from '#components/ui/button'
import { resetPassword } from '#lib/ai/api/people/sign-in'
import { PageLink } from '../../page-link.tsx'
import { FormOf, PasswordField, SubmitButton } from '../../people/entry-fields.tsx'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'
import { useLinkToken } from '../../people/use-link-token.ts'
import { EntryLoading, EntryPage } from './entry-page.tsx'

/** A new password, by a link that works once. */
export function ResetScreen() {
  const t = useTranslations('entry')
  const token = useLinkToken()
  const [isDone, setIsDone] = useState(false)
  const form = useEntryForm({ password: rules.newPassword }, async ({ password }) => {
    await resetPassword(token ?? '', password)
    setIsDone(true)
  })
  const signInLink = (
    <PageLink href="/sign-in" className={buttonStyle({ variant: isDone ? 'primary' : 'outline' })}>
      {t('signIn.submit')}
    </PageLink>
  )
  if (isDone)
    return (
      <EntryPage title={t('reset.doneTitle')} help={<output>{t('reset.done')}</output>}>
        {signInLink}
      </EntryPage>
    )
  if (token === null)
    return (
      <EntryPage title={t('reset.goneTitle')} help={t('reset.gone')}>
        {signInLink}
      </EntryPage>
    )
  return (
    <EntryPage title={t('reset.title')}>
      {token === undefined ? (
        <EntryLoading />
      ) : (
        <FormOf form={form}>
          <PasswordField
            form={form}
            name="password"
            label={t('newPassword')}
            autoComplete="new-password"
          />
          <SubmitButton form={form}>{t('reset.submit')}</SubmitButton>
        </FormOf>
      )}
    </EntryPage>
  )
}
