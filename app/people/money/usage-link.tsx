'use client'

import { clsx } from 'clsx'
import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button'
import { useAccount } from '#lib/ai/api/people/use-account'
import type { ErrorCode } from '#lib/contract/problem'
import { useFormat } from '#lib/messages/use-say'
import { PageLink } from '../../page-link.tsx'

/** Where there is more to be had, for a start that was refused for its money; nothing after other refusals. */
export function UsageLink({ code, className }: { code: ErrorCode; className?: string }) {
  const t = useTranslations('composer')
  const isSignedIn = !!useAccount()?.user
  if (!isSignedIn || (code !== 'insufficient_credits' && code !== 'spending_limit_reached'))
    return null
  return (
    <PageLink href="/account/usage" className={clsx(buttonStyle({ size: 'small' }), className)}>
      {t(code === 'insufficient_credits' ? 'addCredits' : 'seeUsage')}
    </PageLink>
  )
}

/** What is available, where what is to be started may cost more. */
export function BalanceLine({ usd }: { usd: number }) {
  const t = useTranslations('composer')
  const format = useFormat()
  const account = useAccount()
  const balance = account?.user && account.billing === 'credits' ? account.balance : null
  if (!balance || balance.availableUsd >= usd) return null
  return (
    <p className="mb-3 flex flex-wrap gap-x-3 text-tiny text-soft tabular-nums">
      <span>{t('available', { available: format.balance(balance.availableUsd) })}</span>
      <PageLink href="/account/usage" className="text-ink underline underline-offset-4">
        {t('addCredits')}
      </PageLink>
    </p>
  )
}
