'use client'

import { useTranslations } from 'next-intl'
import { unlockShare } from '#lib/ai/api/people/shares'
import { sharePasswordMaxLength } from '#lib/contract/people/shares'
import { EntryField, FormOf, SubmitButton } from '../../people/entry-fields.tsx'
import { useEntryForm } from '../../people/use-entry-form.ts'

/** Asks for the password of a link, and shows its video once it is right. */
export function PasswordForm({ token }: { token: string }) {
  const t = useTranslations('share.page')
  const form = useEntryForm({ password: () => undefined }, async ({ password }) => {
    await unlockShare(token, password)
    return openAgain()
  })
  return (
    <div className="w-full max-w-sm">
      <p className="mb-5 text-sm text-pretty text-soft">{t('lockedHelp')}</p>
      <FormOf form={form}>
        <EntryField
          form={form}
          name="password"
          type="password"
          label={t('password')}
          autoComplete="off"
          maxLength={sharePasswordMaxLength}
          takesFocus
        />
        <SubmitButton form={form}>{t('open')}</SubmitButton>
      </FormOf>
    </div>
  )
}

function openAgain() {
  location.reload()
  return 'leaving' as const
}
