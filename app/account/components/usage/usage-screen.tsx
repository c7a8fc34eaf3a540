'use client'

import { useTranslations } from 'next-intl'
import { buttonStyle } from '#components/ui/button'
import { LiveRegion } from '#components/ui/live-region'
import { readUsage, usageCsvAddress } from '#lib/ai/api/people/usage'
import { reloadAccount } from '#lib/ai/api/people/use-account'
import type { AccountView } from '#lib/contract/people/account'
import type { UsageView } from '#lib/contract/people/usage'
import { PagedList } from '../../../admin/components/paged-list.tsx'
import { usePages } from '../../../admin/components/use-pages.ts'
import { ChargeRow } from '../../../people/money/charge-row.tsx'
import { LimitMeters } from '../../../people/money/limit-meters.tsx'
import { Section, rowsStyle } from '../../../people/section-page.tsx'
import { type Doing, useDoing } from '../../../people/use-doing.ts'
import { AccountLoaded } from '../account-loaded.tsx'
import { AddCredits } from './add-credits.tsx'
import { BalanceFigures } from './balance-figures.tsx'
import { CreditList } from './credit-list.tsx'
import { DayChart } from './day-chart.tsx'
import { TopUpState } from './top-up-state.tsx'

interface UsageScreenProps {
  /** The payment that the user comes back from. */
  topUpId: string | null
}

/** The money of the active account or organization. */
export function UsageScreen({ topUpId }: UsageScreenProps) {
  const doing = useDoing()
  return (
    <AccountLoaded>
      {(_user, { active }) => (
        <>
          <Usage active={active} topUpId={topUpId} doing={doing} />
          <LiveRegion announcement={doing.announcement} />
        </>
      )}
    </AccountLoaded>
  )
}

interface UsageProps extends UsageScreenProps {
  active: AccountView['active']
  doing: Doing
}

function Usage({ active, topUpId, doing }: UsageProps) {
  const t = useTranslations('usage')
  const list = usePages(`usage ${active.id}`, readUsage)
  const [usage] = list.pages ?? []
  const renew = async () => {
    await Promise.all([list.reload(), reloadAccount()])
  }
  return (
    <>
      <Section id="usage-heading" title={t('title')} help={t('help', { name: active.name })}>
        {topUpId !== null && <TopUpState id={topUpId} onPaid={renew} />}
        {usage && <BalanceFigures usage={usage} />}
      </Section>
      {usage?.billing === 'credits' && (
        <AddCredits takesPayments={usage.takesPayments} doing={doing} onAdded={renew} />
      )}
      {usage && usage.limits.length > 0 && (
        <Section id="limits-heading" title={t('limits')}>
          <LimitMeters limits={usage.limits} />
        </Section>
      )}
      {usage && <DayChart days={usage.days} />}
      <Charges list={list} />
      {usage?.billing === 'credits' && usage.credits.length > 0 && (
        <CreditList credits={usage.credits} />
      )}
    </>
  )
}

function Charges({ list }: { list: ReturnType<typeof usePages<UsageView>> }) {
  const t = useTranslations('usage')
  const entries = list.pages?.flatMap((page) => page.entries)
  return (
    <Section
      id="charges-heading"
      title={t('charges')}
      aside={
        Boolean(entries?.length) && (
          <a
            href={usageCsvAddress}
            download
            className={buttonStyle({ variant: 'outline', size: 'small' })}
          >
            {t('csv')}
          </a>
        )
      }
    >
      <PagedList list={list} count={entries?.length} none={t('none')}>
        <ul aria-label={t('charges')} className={rowsStyle}>
          {entries?.map((entry) => (
            <ChargeRow key={entry.fileId} entry={entry} isOwn />
          ))}
        </ul>
      </PagedList>
    </Section>
  )
}
