'use client'

import { useTranslations } from 'next-intl'
import { makeCodes } from '#lib/ai/api/people/admin-money'
import { message } from '#lib/messages/message'
import { EntryField, FormOf } from '../../../people/entry-fields.tsx'
import { amountRules, dollarsTyped } from '../../../people/money/dollars.ts'
import {
  AmountField,
  FormButtons,
  LastsField,
  NoteField,
  daysChosen,
} from '../../../people/money/form-parts.tsx'
import { useEntryForm } from '../../../people/use-entry-form.ts'

interface CodeFormProps {
  onMade: (codes: readonly string[]) => void
  onClose: () => void
}

/** How many codes, what each is worth, and how long they work. */
export function CodeForm({ onMade, onClose }: CodeFormProps) {
  const t = useTranslations()
  const wanted = {
    count: (value: string) =>
      /^[1-9]\d{0,3}$/.test(value.trim()) ? undefined : message('adminMoney.needCount'),
    amount: amountRules.above,
    days: () => undefined,
    note: () => undefined,
  }
  const form = useEntryForm(wanted, async ({ count, amount, days, note }) => {
    const each = { usd: dollarsTyped(amount)!, days: daysChosen(days) }
    onMade(await makeCodes({ count: Number(count), ...each, note: note.trim() }))
  })
  return (
    <FormOf form={form}>
      <div className="grid gap-5 sm:grid-cols-3">
        <EntryField
          form={form}
          name="count"
          label={t('adminMoney.count')}
          inputMode="numeric"
          autoComplete="off"
          defaultValue="10"
          takesFocus
        />
        <AmountField form={form} name="amount" label={t('adminMoney.worth')} defaultValue="5" />
        <LastsField form={form} />
      </div>
      <NoteField form={form} />
      <FormButtons form={form} label={t('adminMoney.makeCodes')} onClose={onClose} />
    </FormOf>
  )
}
