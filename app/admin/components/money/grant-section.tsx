'use client'

import { useTranslations } from 'next-intl'
import { useRef } from 'react'
import { newIdempotencyKey } from '#lib/ai/api/new-id'
import { grantCredits } from '#lib/ai/api/people/admin-money'
import { message } from '#lib/messages/message'
import { EntryField, FormOf, SubmitButton } from '../../../people/entry-fields.tsx'
import { amountRules, dollarsTyped } from '../../../people/money/dollars.ts'
import { NoteField } from '../../../people/money/form-parts.tsx'
import { Section } from '../../../people/section-page.tsx'
import type { Doing } from '../../../people/use-doing.ts'
import { useEntryForm } from '../../../people/use-entry-form.ts'

/** Gives a user or an organization credits. The same grant, sent again after a lost answer, is given once. */
export function GrantSection({ doing }: { doing: Doing }) {
  const t = useTranslations('adminMoney')
  const keyOf = useIntention()
  const wanted = {
    owner: (value: string) => (value.trim() ? undefined : message('adminMoney.needOwner')),
    amount: amountRules.signed,
    note: () => undefined,
  }
  const form = useEntryForm(wanted, async ({ owner, amount, note }, element) => {
    const wish = { owner: owner.trim(), usd: dollarsTyped(amount)!, note: note.trim() }
    const intention = keyOf(JSON.stringify(wish))
    const granted = await grantCredits(wish, intention.key)
    intention.done()
    element.reset()
    const values = { owner: granted.owner.name, available: { balanceUsd: granted.availableUsd } }
    doing.tell(message('adminMoney.granted', values))
  })
  return (
    <Section id="grant-heading" title={t('grant')} help={t('grantHelp')}>
      <FormOf form={form}>
        <div className="grid gap-5 sm:grid-cols-[2fr_1fr]">
          <EntryField form={form} name="owner" label={t('owner')} autoComplete="off" />
          <EntryField
            form={form}
            name="amount"
            label={t('amount')}
            inputMode="text"
            autoComplete="off"
          />
        </div>
        <NoteField form={form} />
        <SubmitButton form={form} variant="outline">
          {t('grantAction')}
        </SubmitButton>
      </FormOf>
    </Section>
  )
}

/** One key for what is sent, until it is done: changed, it is another intention. */
function useIntention() {
  const last = useRef<{ content: string; key: string }>(undefined)
  return (content: string) => {
    if (last.current?.content !== content) last.current = { content, key: newIdempotencyKey() }
    const { key } = last.current
    return { key, done: () => (last.current = undefined) }
  }
}
