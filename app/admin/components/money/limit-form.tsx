'use client'

import { useTranslations } from 'next-intl'
import type { LimitWish } from '#lib/ai/api/people/admin-money'
import type { LimitsView } from '#lib/contract/people/admin-money'
import { message } from '#lib/messages/message'
import { EntryField, FormOf } from '../../../people/entry-fields.tsx'
import { amountRules, dollarsOrNone } from '../../../people/money/dollars.ts'
import { AmountField, FormButtons } from '../../../people/money/form-parts.tsx'
import { useEntryForm } from '../../../people/use-entry-form.ts'

interface LimitFormProps {
  /** Those that are changed; without them, an owner is asked for too. */
  limit?: LimitsView
  onSet: (wish: LimitWish, owner: string) => Promise<void>
  onClose: () => void
}

/** How much may be spent in a day and in a month. */
export function LimitForm({ limit, onSet, onClose }: LimitFormProps) {
  const t = useTranslations()
  const wanted = {
    owner: (value: string) => (limit || value.trim() ? undefined : message('adminMoney.needOwner')),
    day: amountRules.optional,
    month: amountRules.optional,
  }
  const form = useEntryForm(wanted, ({ owner, day, month }) =>
    onSet({ dayUsd: dollarsOrNone(day), monthUsd: dollarsOrNone(month) }, owner.trim()),
  )
  return (
    <FormOf form={form}>
      {!limit && (
        <EntryField
          form={form}
          name="owner"
          label={t('adminMoney.owner')}
          autoComplete="off"
          takesFocus
        />
      )}
      <div className="grid gap-5 sm:grid-cols-2">
        <AmountField
          form={form}
          name="day"
          label={t('adminMoney.dayUsd')}
          placeholder={t('adminMoney.noLimit')}
          defaultValue={limit?.dayUsd ?? ''}
          takesFocus={!!limit}
          required={false}
        />
        <AmountField
          form={form}
          name="month"
          label={t('adminMoney.monthUsd')}
          placeholder={t('adminMoney.noLimit')}
          defaultValue={limit?.monthUsd ?? ''}
          required={false}
        />
      </div>
      <FormButtons form={form} label={t('account.save')} onClose={onClose} />
    </FormOf>
  )
}
