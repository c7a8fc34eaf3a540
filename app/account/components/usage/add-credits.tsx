'use client'

import { useTranslations } from 'next-intl'
import { beginTopUp, redeemCode } from '#lib/ai/api/people/usage'
import { topUpUsd } from '#lib/contract/people/credits'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { EntryField, FormOf, SubmitButton } from '../../../people/entry-fields.tsx'
import { amountRules, dollarsTyped } from '../../../people/money/dollars.ts'
import { AmountField } from '../../../people/money/form-parts.tsx'
import { Section } from '../../../people/section-page.tsx'
import type { Doing } from '../../../people/use-doing.ts'
import { useEntryForm } from '../../../people/use-entry-form.ts'

interface AddCreditsProps {
  takesPayments: boolean
  doing: Doing
  onAdded: () => Promise<void>
}

/** The ways to more: a payment where they are taken, and a code. */
export function AddCredits({ takesPayments, doing, onAdded }: AddCreditsProps) {
  const t = useTranslations('usage')
  const { money } = useFormat()
  const range = { min: money(topUpUsd.min), max: money(topUpUsd.max) }
  return (
    <Section
      id="add-heading"
      title={t('add')}
      help={takesPayments ? t('payHelp', range) : t('addByAdmin')}
    >
      <div className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {takesPayments && <PayForm />}
        <RedeemForm doing={doing} onAdded={onAdded} />
      </div>
    </Section>
  )
}

function PayForm() {
  const t = useTranslations('usage')
  const form = useEntryForm({ amount: amountRules.above }, goAndPay)
  return (
    <FormOf form={form}>
      <AmountField form={form} name="amount" label={t('amount')} defaultValue="20" />
      <SubmitButton form={form} variant="outline">
        {t('pay')}
      </SubmitButton>
    </FormOf>
  )
}

async function goAndPay({ amount }: { amount: string }) {
  location.assign(await beginTopUp(dollarsTyped(amount)!))
  return 'leaving' as const
}

function RedeemForm({ doing, onAdded }: Omit<AddCreditsProps, 'takesPayments'>) {
  const t = useTranslations('usage')
  const needed = (value: string) => (value.trim() ? undefined : message('usage.needCode'))
  const form = useEntryForm({ code: needed }, async ({ code }, element) => {
    const usd = await redeemCode(code.trim())
    element.reset()
    doing.tell(message('usage.redeemed', { price: { usd } }))
    await onAdded()
  })
  return (
    <FormOf form={form}>
      <EntryField
        form={form}
        name="code"
        label={t('code')}
        dir="ltr"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        className="font-mono"
      />
      <SubmitButton form={form} variant="outline">
        {t('redeem')}
      </SubmitButton>
    </FormOf>
  )
}
