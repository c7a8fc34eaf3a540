'use client'

import { useLocale, useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { LiveRegion } from '#components/ui/live-region'
import { rename } from '#lib/ai/api/people/security'
import { reloadAccount } from '#lib/ai/api/people/use-account'
import type { AccountUser } from '#lib/contract/people/account'
import { localeNames } from '#lib/messages/locales'
import { message } from '#lib/messages/message'
import { useLanguageSwitch } from '../../language/language-switch.tsx'
import { EntryField, FormOf, SubmitButton } from '../../people/entry-fields.tsx'
import { Section } from '../../people/section-page.tsx'
import { useDoing } from '../../people/use-doing.ts'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'
import { AccountLoaded } from './account-loaded.tsx'

export function ProfileScreen() {
  return <AccountLoaded>{(user) => <Profile user={user} />}</AccountLoaded>
}

/** Name, address and language. */
function Profile({ user }: { user: AccountUser }) {
  const t = useTranslations('account.profile')
  return (
    <>
      <Section
        id="profile-heading"
        title={t('title')}
        help={
          <>
            <p dir="auto">{user.email}</p>
            <p>{t(`role_${user.role}`)}</p>
          </>
        }
      >
        <NameForm name={user.name} />
      </Section>
      <Section
        id="language-heading"
        title={t('language')}
        help={t('languageHelp')}
        aside={<Language />}
      />
    </>
  )
}

function NameForm({ name }: { name: string }) {
  const t = useTranslations()
  const doing = useDoing()
  const form = useEntryForm({ name: rules.name }, async (values) => {
    await rename(values.name.trim())
    await reloadAccount()
    doing.tell(message('account.saved'))
  })
  return (
    <div className="max-w-sm">
      <FormOf form={form}>
        <EntryField
          form={form}
          name="name"
          label={t('entry.name')}
          defaultValue={name}
          autoComplete="name"
          maxLength={100}
        />
        <p className="text-sm text-soft">{t('account.profile.nameHelp')}</p>
        <SubmitButton form={form} variant="outline">
          {t('account.save')}
        </SubmitButton>
      </FormOf>
      <LiveRegion announcement={doing.announcement} />
    </div>
  )
}

function Language() {
  const { other, choose, isSwitching } = useLanguageSwitch(useLocale())
  return (
    <Button size="small" lang={other} aria-busy={isSwitching} onClick={choose}>
      {localeNames[other]}
    </Button>
  )
}
