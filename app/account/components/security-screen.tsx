'use client'

import { useTranslations } from 'next-intl'
import { LiveRegion } from '#components/ui/live-region'
import { changePassword } from '#lib/ai/api/people/security'
import { message } from '#lib/messages/message'
import { FormOf, PasswordField, SubmitButton } from '../../people/entry-fields.tsx'
import { Section } from '../../people/section-page.tsx'
import { type Doing, useDoing } from '../../people/use-doing.ts'
import { rules, useEntryForm } from '../../people/use-entry-form.ts'
import { AccountLoaded } from './account-loaded.tsx'
import { OidcSection } from './oidc-section.tsx'
import { PasskeysSection } from './passkeys-section.tsx'
import { SessionsSection } from './sessions-section.tsx'
import { TwoFactorSection } from './two-factor-section.tsx'

/** How one signs in, and where one is signed in; whether connecting a provider has just failed. */
export function SecurityScreen({ hasFailed }: { hasFailed: boolean }) {
  const t = useTranslations('account.security')
  const doing = useDoing()
  return (
    <AccountLoaded>
      {(user, { ways }) => (
        <>
          <Section
            id="password-heading"
            title={t('password')}
            help={
              user.hasPassword
                ? t('passwordHelp')
                : t('noPassword', { provider: ways.oidc?.label ?? '' })
            }
          >
            {user.hasPassword && <PasswordForm email={user.email} doing={doing} />}
          </Section>
          {user.hasPassword && <TwoFactorSection isOn={user.twoFactorEnabled} doing={doing} />}
          {ways.oidc && (
            <OidcSection provider={ways.oidc} user={user} hasFailed={hasFailed} doing={doing} />
          )}
          <PasskeysSection isPossible={ways.passkey} doing={doing} />
          <SessionsSection doing={doing} />
          <LiveRegion announcement={doing.announcement} />
        </>
      )}
    </AccountLoaded>
  )
}

function PasswordForm({ email, doing }: { email: string; doing: Doing }) {
  const t = useTranslations()
  const asked = { current: rules.password, password: rules.newPassword }
  const form = useEntryForm(asked, async ({ current, password }, element) => {
    await changePassword(current, password)
    element.reset()
    doing.tell(message('account.security.changed'))
  })
  return (
    <div className="max-w-sm">
      <FormOf form={form}>
        {/* Tells password managers whose password it is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordField
          form={form}
          name="current"
          label={t('account.security.current')}
          autoComplete="current-password"
        />
        <PasswordField
          form={form}
          name="password"
          label={t('entry.newPassword')}
          autoComplete="new-password"
        />
        <SubmitButton form={form} variant="outline">
          {t('account.security.change')}
        </SubmitButton>
      </FormOf>
    </div>
  )
}
