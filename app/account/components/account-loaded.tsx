'use client'

import type { ReactNode } from 'react'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import type { AccountUser, AccountView } from '#lib/contract/people/account'
import { Awaited } from '../../people/section-page.tsx'

interface AccountLoadedProps {
  children: (user: AccountUser, account: AccountView) => ReactNode
}

/** What a page of the account shows once the account is there. */
export function AccountLoaded({ children }: AccountLoadedProps) {
  const { account, error, reload } = useAccountPage()
  if (account?.user) return children(account.user, account)
  return <Awaited answer={undefined} error={error} reload={reload} />
}
