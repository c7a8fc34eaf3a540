'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { Select } from '#components/ui/form/select'
import { makeCodes } from '#lib/ai/api/people/admin-money'
import { noteMaxLength } from '#lib/contract/people/credits'
import { message } from '#lib/messages/message'
import { EntryField, FormOf, SubmitButton } from '../../../people/entry-fields.tsx'
import { amountRules, dollarsTyped } from '../../../people/money/dollars.ts'
import { useEntryForm } from '../../../people/use-entry-form.ts'

interface CodeFormProps {
  onMade: (codes: readonly string[]) => void
  onClose: () => void
}

const spans = [30, 90, 365] as const
const usualSpan = 90

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
    const lasts = days === '' ? null : Number(days)
    const usd = dollarsTyped(amount)!
    onMade(await makeCodes({ count: Number(count), usd, days: lasts, note: note.trim() }))
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
        <EntryField
          form={form}
          name="amount"
          label={t('adminMoney.worth')}
          inputMode="decimal"
          autoComplete="off"
          defaultValue="5"
        />
        <Field label={t('keys.lasts')} htmlFor={form.idOf('days')}>
          <Select id={form.idOf('days')} name="days" defaultValue={usualSpan}>
            {spans.map((days) => (
              <option key={days} value={days}>
                {t('keys.days', { count: days })}
              </option>
            ))}
            <option value="">{t('keys.forEver')}</option>
          </Select>
        </Field>
      </div>
      <EntryField
        form={form}
        name="note"
        label={t('adminMoney.note')}
        required={false}
        autoComplete="off"
        maxLength={noteMaxLength}
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton form={form} variant="outline">
          {t('adminMoney.makeCodes')}
        </SubmitButton>
        <Button variant="quiet" onClick={onClose}>
          {t('account.twoFactor.cancel')}
        </Button>
      </div>
    </FormOf>
  )
}
