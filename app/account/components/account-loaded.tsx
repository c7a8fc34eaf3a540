'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import type { AccountUser, AccountView } from '#lib/contract/people/account'
import { RowsLoading } from '../../people/section-page.tsx'
import { LoadProblem } from '../../status/components/load-problem.tsx'

interface AccountLoadedProps {
  children: (user: AccountUser, account: AccountView) => ReactNode
}

/** What a page of the account shows once the account is there. */
export function AccountLoaded({ children }: AccountLoadedProps) {
  const t = useTranslations('account')
  const { account, error, reload } = useAccountPage()
  if (account?.user) return children(account.user, account)
  if (error)
    return <LoadProblem title={t('loadFailed')} problem={error} onRetry={() => void reload()} />
  return <RowsLoading label={t('loading')} />
}
