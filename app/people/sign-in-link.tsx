'use client'

import { useTranslations } from 'next-intl'
import { usePathname, useRouter } from 'next/navigation'
import { Button } from '#components/ui/button'
import { leaveTo } from '#components/ui/overlay/back-closes.ts'
import { useAccount } from '#lib/ai/api/people/use-account'
import type { AccountView } from '#lib/contract/people/account'
import type { ModelView } from '#lib/contract/model-view'
import { signInFor } from './return-to.ts'

/** Whether an account is what lets this visitor use a model: it costs money, and is set up. */
function needsSignIn(account: AccountView | undefined, { isEnabled, routes }: ModelView) {
  if (!account || account.user || account.access === 'open' || isEnabled) return false
  return routes.some(
    ({ isSetUp, price }) => isSetUp && (price.perRunUsd > 0 || price.perSecondUsd > 0),
  )
}

interface SignInToUseProps {
  /** One of these at least. */
  models: readonly ModelView[]
}

/** The way to models that ask for an account; nothing where none does. What is typed is kept on the way. */
export function SignInToUse({ models }: SignInToUseProps) {
  const t = useTranslations('composer')
  const account = useAccount()
  const needing = models.filter((model) => needsSignIn(account, model))
  if (needing.length === 0) return null
  return <SignInButton>{t(models.length === 1 ? 'signInToUse' : 'signInToUseMore')}</SignInButton>
}

/** To the sign-in, and back here. */
export function SignInButton({ children }: { children: string }) {
  const router = useRouter()
  const path = usePathname()
  return (
    <Button size="small" onClick={() => leaveTo(signInFor(path), router)}>
      {children}
    </Button>
  )
}
