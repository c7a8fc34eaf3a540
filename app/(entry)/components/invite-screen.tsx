'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, buttonStyle } from '#components/ui/button'
import { acceptInvitation, readInvitation, signOut, signUp } from '#lib/ai/api/people/sign-in'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import type { InvitationOffer } from '#lib/contract/people/admin'
import type { AccountView } from '#lib/contract/people/account'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { useFormat } from '#lib/messages/use-say'
import { PageLink } from '../../page-link.tsx'
import { FormProblem } from '../../people/entry-fields.tsx'
import { useAnswer } from '../../people/use-answer.ts'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { EntryLoading, EntryPage, linkStyle } from './entry-page.tsx'
import { NewAccountForm } from './new-account-form.tsx'
import { OtherWays } from './other-ways.tsx'
import { HaveAccount } from './sign-up-screen.tsx'
import { leaveFor, leaveWorkFor, signInFor } from '../../people/return-to.ts'

/** What an invitation gives, and the two ways to take it: a new account, or the one that is signed in. */
export function InviteScreen({ token }: { token: string }) {
  const t = useTranslations('entry')
  const { account, error, reload } = useAccountPage()
  const offer = useAnswer(`invitation ${token}`, () => readInvitation(token))
  const path = `/invite/${encodeURIComponent(token)}`
  if (offer.error && offer.error.status >= 400 && offer.error.status < 500)
    return (
      <EntryPage title={t('invite.goneTitle')} help={t('invite.gone')}>
        <PageLink href="/sign-in" className={buttonStyle({ variant: 'outline' })}>
          {t('signIn.submit')}
        </PageLink>
      </EntryPage>
    )
  const problem = error ?? offer.error
  const retry = () => {
    void reload()
    void offer.reload()
  }
  return (
    <EntryPage
      title={t('invite.title')}
      help={offer.answer && <Offer offer={offer.answer} isKnown={Boolean(account?.user)} />}
    >
      {problem && <LoadProblem title={t('invite.title')} problem={problem} onRetry={retry} />}
      {!problem && !(account && offer.answer) && <EntryLoading />}
      {account && offer.answer && (
        <WaysIn account={account} offer={offer.answer} token={token} path={path} />
      )}
    </EntryPage>
  )
}

interface WaysInProps {
  account: AccountView
  offer: InvitationOffer
  token: string
  /** Of this page. */
  path: string
}

/** What one can do with an invitation: take it, make the account that it gives, or sign in to one that there is. */
function WaysIn({ account: { user, ways }, offer, token, path }: WaysInProps) {
  const t = useTranslations('entry')
  if (user && isForNewcomers(offer))
    return (
      <PageLink href="/tools/video-generator" className={buttonStyle({ variant: 'outline' })}>
        {t('invite.toStudio')}
      </PageLink>
    )
  if (user) return <Accept user={user} token={token} path={path} />
  if (!offer.givesAccount)
    return (
      <PageLink
        href={signInFor(path)}
        className={buttonStyle({ variant: 'primary', className: 'w-full' })}
      >
        {t('signIn.submit')}
      </PageLink>
    )
  return (
    <>
      <NewAccountForm
        label={t('signUp.submit')}
        onSend={async (made) => {
          await signUp(made, token)
          return leaveFor('/tools/video-generator')
        }}
      />
      <OtherWays
        ways={{ ...ways, passkey: false }}
        next="/tools/video-generator"
        invitation={token}
      />
      <HaveAccount next={path} />
    </>
  )
}

/** Whether it gives nothing but an account: one who has one would use it up for another. */
function isForNewcomers({ role, organization }: InvitationOffer) {
  return role === 'user' && !organization
}

interface OfferProps {
  offer: InvitationOffer
  /** Whether the reader has an account. */
  isKnown: boolean
}

function Offer({ offer, isKnown }: OfferProps) {
  const { role, organization, givesAccount, expiresAt } = offer
  const t = useTranslations('entry.invite')
  const { date } = useFormat()
  return (
    <div className="space-y-2">
      {isKnown && isForNewcomers(offer) && <p>{t('notForYou')}</p>}
      {role === 'admin' && <p>{t('asAdmin')}</p>}
      {role === 'user' && givesAccount && !isKnown && <p>{t('asUser')}</p>}
      {organization && <p dir="auto">{t('toOrganization', { name: organization.name })}</p>}
      {!givesAccount && !isKnown && <p>{t('needsAccount')}</p>}
      <p className="text-sm">{t('until', { date: date(expiresAt) })}</p>
    </div>
  )
}

interface AcceptProps {
  user: NonNullable<AccountView['user']>
  token: string
  path: string
}

/** For one who is signed in. */
function Accept({ user, token, path }: AcceptProps) {
  const t = useTranslations('entry.invite')
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setIsBusy] = useState(false)
  const go = async (act: () => Promise<unknown>) => {
    if (isBusy) return
    setIsBusy(true)
    try {
      await act()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setProblem(error.problem)
      setIsBusy(false)
    }
  }
  return (
    <div className="space-y-4">
      <p dir="auto" className="text-sm text-soft">
        {t('acceptAs', { email: user.email })}
      </p>
      <Button
        variant="primary"
        className="w-full"
        aria-disabled={isBusy}
        onClick={() =>
          void go(() => acceptInvitation(token).then(() => leaveFor('/account/organizations')))
        }
      >
        {t('accept')}
      </Button>
      {problem && <FormProblem problem={problem} />}
      <p className="text-sm">
        <button
          type="button"
          className={linkStyle}
          onClick={() => void go(() => signOut().then(() => leaveWorkFor(path)))}
        >
          {t('other')}
        </button>
      </p>
    </div>
  )
}
