'use client'

import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button'
import { signUp } from '#lib/ai/api/people/sign-in'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import { PageLink } from '../../page-link.tsx'
import { leaveFor, signInFor } from '../../people/return-to.ts'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { codeTags, EntryLoading, EntryPage, linkStyle } from './entry-page.tsx'
import { NewAccountForm } from './new-account-form.tsx'
import { OtherWays } from './other-ways.tsx'

/** A new account, where everyone may make one. */
export function SignUpScreen({ next }: { next: string }) {
  const t = useTranslations('entry')
  const { account, error, reload } = useAccountPage()
  const isOpen = account?.signUp === 'open' && !account.needsSetup
  if (account && !isOpen)
    return (
      <EntryPage
        title={t('signUp.closedTitle')}
        help={
          account.needsSetup
            ? t.rich('signIn.noOwner', codeTags)
            : t(account.signUp === 'off' ? 'signIn.byAdmin' : 'signIn.byInvitation')
        }
      >
        <PageLink href={signInFor(next)} className={buttonStyle({ variant: 'outline' })}>
          {t('signIn.submit')}
        </PageLink>
      </EntryPage>
    )
  return (
    <EntryPage title={t('signUp.title')} help={t('signIn.kept')}>
      {error && (
        <LoadProblem title={t('signUp.title')} problem={error} onRetry={() => void reload()} />
      )}
      {!account && !error && <EntryLoading />}
      {account && (
        <>
          <NewAccountForm
            label={t('signUp.submit')}
            onSend={async (made) => {
              await signUp(made)
              return leaveFor(next)
            }}
          />
          <OtherWays ways={{ ...account.ways, passkey: false }} next={next} />
          <HaveAccount next={next} />
        </>
      )}
    </EntryPage>
  )
}

export function HaveAccount({ next }: { next: string }) {
  const t = useTranslations('entry')
  return (
    <p className="border-t border-hairline pt-5 text-sm text-soft">
      <span>{t('signUp.have')}</span>{' '}
      <PageLink href={signInFor(next)} className={linkStyle}>
        {t('signIn.submit')}
      </PageLink>
    </p>
  )
}
