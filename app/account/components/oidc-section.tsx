'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { connectAddress } from '#lib/ai/api/people/sign-in'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { AccountUser } from '#lib/contract/people/account'
import { Section } from '../../people/section-page.tsx'
import type { Doing } from '../../people/use-doing.ts'

const path = '/account/security'

interface OidcSectionProps {
  provider: { id: string; label: string }
  user: AccountUser
  /** Whether one came back from the provider without a connection. */
  hasFailed: boolean
  doing: Doing
}

/** The OIDC provider as a way to sign in: connected, or to be. */
export function OidcSection({ provider, user, hasFailed, doing }: OidcSectionProps) {
  const t = useTranslations('account.oidc')
  const { id, label } = provider
  const connect = async () => {
    const paths = { returnTo: withBasePath(path), failedTo: withBasePath(path) }
    location.assign(await connectAddress(id, paths))
  }
  return (
    <Section
      id="oidc-heading"
      title={label}
      help={t(user.hasOidc ? 'connected' : 'help', { provider: label })}
      aside={
        !user.hasOidc && (
          <Button size="small" aria-disabled={doing.isBusy} onClick={() => doing.run(connect)}>
            {t('connect')}
          </Button>
        )
      }
    >
      {hasFailed && !user.hasOidc && (
        <p role="alert" className="border-l-2 border-signal pl-3 text-sm text-signal-ink">
          {t('failed', { provider: label, email: user.email })}
        </p>
      )}
    </Section>
  )
}
