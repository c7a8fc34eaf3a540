'use client'

import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button'
import { setUp } from '#lib/ai/api/people/sign-in'
import { useAccountPage } from '#lib/ai/api/people/use-account'
import { PageLink } from '../../page-link.tsx'
import { useLinkToken } from '../../people/use-link-token.ts'
import { LoadProblem } from '../../status/components/load-problem.tsx'
import { codeTags, EntryLoading, EntryPage } from './entry-page.tsx'
import { NewAccountForm } from './new-account-form.tsx'
import { leaveFor } from '../../people/return-to.ts'

/** The first owner, by the link that the server prints. */
export function SetupScreen() {
  const t = useTranslations('entry')
  const token = useLinkToken()
  const { account, error, reload } = useAccountPage()
  if (account && !account.needsSetup)
    return (
      <EntryPage title={t('setup.doneTitle')} help={t('setup.done')}>
        <PageLink href="/sign-in" className={buttonStyle({ variant: 'outline' })}>
          {t('signIn.submit')}
        </PageLink>
      </EntryPage>
    )
  if (token === null)
    return <EntryPage title={t('setup.noTokenTitle')} help={t.rich('setup.noToken', codeTags)} />
  return (
    <EntryPage title={t('setup.title')} help={t('setup.help')}>
      {error && (
        <LoadProblem title={t('setup.title')} problem={error} onRetry={() => void reload()} />
      )}
      {!error && (!account || token === undefined) && <EntryLoading />}
      {account && token !== undefined && (
        <NewAccountForm
          label={t('setup.submit')}
          onSend={async (owner) => {
            await setUp(token, owner)
            return leaveFor('/welcome')
          }}
        />
      )}
    </EntryPage>
  )
}
