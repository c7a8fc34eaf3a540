'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { CardBoundary } from '#components/ui/card-boundary'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import type { AccountView } from '#lib/contract/people/account'
import type { Problem } from '#lib/contract/problem'
import { PageLink } from '../../page-link.tsx'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { FormProblem } from '../../people/entry-fields.tsx'
import { codeTags, EntryLoading, EntryPage, linkStyle } from './entry-page.tsx'
import { ForgotForm } from './forgot-form.tsx'
import { OtherWays } from './other-ways.tsx'
import { PasswordForm } from './password-form.tsx'
import { SecondFactorForm } from './second-factor-form.tsx'
import { leaveFor } from '../../people/return-to.ts'

interface SignInScreenProps {
  /** The page that was come from. */
  next: string
  /** Why a sign-in at an OIDC provider came back without one. */
  failure: string | undefined
}

type Step = 'password' | 'code' | 'forgot'

/** The sign-in: a password or another way, and a code where the account asks for one. */
export function SignInScreen({ next, failure }: SignInScreenProps) {
  const t = useTranslations('entry')
  const { account, error, reload } = useAccountPage()
  const [step, setStep] = useState<Step>('password')
  const [problem, setProblem] = useState<Problem>()
  const isIn = Boolean(account?.user)
  useEffect(() => {
    if (isIn) leaveFor(next)
  }, [isIn, next])
  const startOver = (why?: Problem) => {
    setProblem(why)
    setStep('password')
  }
  if (step === 'code')
    return (
      <EntryPage title={t('second.title')}>
        <SecondFactorForm onDone={() => leaveFor(next)} onStartOver={startOver} />
      </EntryPage>
    )
  if (step === 'forgot')
    return <ForgotForm canMail={account?.canMailReset ?? false} onBack={() => startOver()} />
  return (
    <EntryPage title={t('signIn.title')}>
      {error && (
        <LoadProblem title={t('signIn.title')} problem={error} onRetry={() => void reload()} />
      )}
      {!error && (!account || isIn) && <EntryLoading />}
      {account && !isIn && (
        <CardBoundary>
          {failure !== undefined && account.ways.oidc && (
            <OidcProblem provider={account.ways.oidc.label} failure={failure} />
          )}
          {problem && <FormProblem problem={problem} />}
          <PasswordForm
            onDone={() => leaveFor(next)}
            onCode={() => setStep('code')}
            onForgot={() => setStep('forgot')}
          />
          <OtherWays ways={account.ways} next={next} />
          <WaysToAnAccount account={account} next={next} />
        </CardBoundary>
      )}
    </EntryPage>
  )
}

const failures = [
  'sign_up_closed',
  'account_blocked',
  'account_not_linked',
  'link_invalid',
] as const

/** Why one comes back from a provider without a sign-in. */
function OidcProblem({ provider, failure }: { provider: string; failure: string }) {
  const t = useTranslations('entry')
  const known = failures.find((one) => one === failure)
  return (
    <p role="alert" className="border-l-2 border-signal pl-3 text-sm text-signal-ink">
      {known ? t(`oidc.${known}`, { provider }) : t('oidcFailed', { provider })}
    </p>
  )
}

/** How one gets an account here, and what becomes of the work without one. */
function WaysToAnAccount({ account, next }: { account: AccountView; next: string }) {
  const t = useTranslations('entry')
  return (
    <div className="space-y-2 border-t border-hairline pt-5 text-sm text-pretty text-soft">
      {account.needsSetup ? (
        <p>{t.rich('signIn.noOwner', codeTags)}</p>
      ) : account.signUp === 'open' ? (
        <p>
          <span>{t('signIn.noAccount')}</span>{' '}
          <PageLink href={`/sign-up?${new URLSearchParams({ next })}`} className={linkStyle}>
            {t('signIn.create')}
          </PageLink>
        </p>
      ) : (
        <p>{t(account.signUp === 'off' ? 'signIn.byAdmin' : 'signIn.byInvitation')}</p>
      )}
      <p>{t('signIn.kept')}</p>
    </div>
  )
}
