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
import { leaveFor, leaveWorkFor } from '../../people/return-to.ts'

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
    <EntryPage title={t('invite.title')} help={offer.answer && <Offer offer={offer.answer} />}>
      {problem && <LoadProblem title={t('invite.title')} problem={problem} onRetry={retry} />}
      {!problem && !(account && offer.answer) && <EntryLoading />}
      {account && offer.answer && account.user && (
        <Accept user={account.user} token={token} path={path} />
      )}
      {account && offer.answer && !account.user && (
        <>
          <NewAccountForm
            label={t('signUp.submit')}
            onSend={async (made) => {
              await signUp(made, token)
              return leaveFor('/tools/video-generator')
            }}
          />
          <OtherWays
            ways={{ ...account.ways, passkey: false }}
            next="/tools/video-generator"
            invitation={token}
          />
          <HaveAccount next={path} />
        </>
      )}
    </EntryPage>
  )
}

function Offer({ offer: { role, organization, expiresAt } }: { offer: InvitationOffer }) {
  const t = useTranslations('entry.invite')
  const { date } = useFormat()
  return (
    <>
      <p>{t(role === 'admin' ? 'asAdmin' : 'asUser')}</p>
      {organization && <p dir="auto">{t('toOrganization', { name: organization.name })}</p>}
      <p className="mt-1 text-sm">{t('until', { date: date(expiresAt) })}</p>
    </>
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
