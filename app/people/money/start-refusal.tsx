'use client'

import { useTranslations } from 'next-intl'
import type { Problem } from '#lib/contract/problem'
import { useSay } from '#lib/messages/use-say'
import { SignInButton } from '../sign-in-link.tsx'
import { UsageLink } from './usage-link.tsx'

/** Why nothing was started, in one line, with the way on: to more credits, to the limits, or to the sign-in. */
export function StartRefusal({ problem }: { problem: Problem }) {
  const t = useTranslations('header')
  const say = useSay()
  return (
    <div role="alert" className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <p dir="auto" className="max-w-prose text-pretty text-signal-ink">
        {say(problem.detail)}
      </p>
      <UsageLink code={problem.code} />
      {problem.code === 'sign_in_required' && <SignInButton>{t('signIn')}</SignInButton>}
    </div>
  )
}
