'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LiveRegion } from '#components/ui/live-region'
import { useAccount } from '#lib/ai/api/people/use-account'
import { useDoing } from '../../../people/use-doing.ts'
import { CodesSection } from './codes-section.tsx'
import { GrantSection } from './grant-section.tsx'
import { LimitsSection } from './limits-section.tsx'
import { ParkedSection } from './parked-section.tsx'
import { SpendingSection } from './spending-section.tsx'
import { UncertainSection } from './uncertain-section.tsx'

const tags = { code: (words: ReactNode) => <code>{words}</code> }

/** The money of the installation: what is spent, what is given, what is allowed, and what needs a decision. */
export function MoneyScreen() {
  const t = useTranslations('adminMoney')
  const doing = useDoing()
  const isOff = useAccount()?.billing === 'off'
  return (
    <>
      {isOff && (
        <p className="mb-8 max-w-prose border-l-2 border-edge pl-4 text-sm text-pretty text-soft">
          {t.rich('off', tags)}
        </p>
      )}
      <SpendingSection />
      <UncertainSection doing={doing} />
      <ParkedSection doing={doing} />
      <GrantSection doing={doing} />
      <LimitsSection doing={doing} />
      <CodesSection doing={doing} />
      <LiveRegion announcement={doing.announcement} />
    </>
  )
}
