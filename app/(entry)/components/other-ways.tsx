'use client'

import { KeyRoundIcon, LogInIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { canUsePasskeys, signInByPasskey } from '#lib/ai/api/people/passkeys'
import { oidcAddress } from '#lib/ai/api/people/sign-in'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { AccountView } from '#lib/contract/people/account'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { FormProblem } from '../../people/entry-fields.tsx'
import { leaveFor, signInFor } from '../../people/return-to.ts'
import { Or } from './entry-page.tsx'

interface OtherWaysProps {
  ways: AccountView['ways']
  next: string
  /** That a new account is made by. */
  invitation?: string
}

/** The ways besides a password: a passkey, an OIDC provider. Nothing where there is none. */
export function OtherWays({ ways: { oidc, passkey }, next, invitation }: OtherWaysProps) {
  const t = useTranslations('entry.signIn')
  const [problem, setProblem] = useState<Problem>()
  const [isBusy, setIsBusy] = useState(false)
  const go = async (way: () => Promise<unknown>) => {
    if (isBusy) return
    setIsBusy(true)
    setProblem(undefined)
    try {
      await way()
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setProblem(error.problem)
      setIsBusy(false)
    }
  }
  const hasPasskeys = passkey && canUsePasskeys()
  if (!oidc && !hasPasskeys) return null
  return (
    <div className="mt-6 space-y-3">
      <Or />
      {oidc && (
        <Button
          className="w-full"
          aria-disabled={isBusy}
          onClick={() => void go(() => byOidc(oidc.id, next, invitation))}
        >
          <LogInIcon />
          <span>{t('oidc', { provider: oidc.label })}</span>
        </Button>
      )}
      {hasPasskeys && (
        <Button
          className="w-full"
          aria-disabled={isBusy}
          onClick={() => void go(() => byPasskey(next))}
        >
          <KeyRoundIcon />
          <span>{t('passkey')}</span>
        </Button>
      )}
      {problem && <FormProblem problem={problem} />}
    </div>
  )
}

async function byOidc(provider: string, next: string, invitation?: string) {
  const paths = { returnTo: withBasePath(next), failedTo: withBasePath(signInFor(next)) }
  location.assign(await oidcAddress(provider, paths, invitation))
}

async function byPasskey(next: string) {
  await signInByPasskey()
  leaveFor(next)
}
