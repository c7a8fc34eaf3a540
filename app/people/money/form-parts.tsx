'use client'

import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { Select } from '#components/ui/form/select'
import { noteMaxLength } from '#lib/contract/people/credits'
import { EntryField, SubmitButton } from '../entry-fields.tsx'
import type { EntryForm } from '../use-entry-form.ts'

/** Dollars. */
export function AmountField<Name extends string>(props: ComponentProps<typeof EntryField<Name>>) {
  return <EntryField inputMode="decimal" autoComplete="off" {...props} />
}

/** What an admin writes down about it. */
export function NoteField<Name extends string>({ form }: { form: EntryForm<Name | 'note'> }) {
  const t = useTranslations('adminMoney')
  return (
    <EntryField
      form={form}
      name="note"
      label={t('note')}
      required={false}
      autoComplete="off"
      maxLength={noteMaxLength}
    />
  )
}

const spans = [30, 90, 365] as const
const usualSpan = 90

interface LastsFieldProps<Name extends string> {
  form: EntryForm<Name | 'days'>
  /** What is there is changed: how long it works now, which stays unless another is chosen. */
  asNow?: string
}

/** What a field says where nothing is to change. */
export const unchanged = 'unchanged'

/** How long what is made works: `days`, empty for ever. */
export function LastsField<Name extends string>({ form, asNow }: LastsFieldProps<Name>) {
  const t = useTranslations('keys')
  const id = form.idOf('days')
  return (
    <Field label={t('lasts')} htmlFor={id}>
      <Select id={id} name="days" defaultValue={asNow === undefined ? usualSpan : unchanged}>
        {asNow !== undefined && <option value={unchanged}>{asNow}</option>}
        {spans.map((count) => (
          <option key={count} value={count}>
            {t('days', { count })}
          </option>
        ))}
        <option value="">{t('forEver')}</option>
      </Select>
    </Field>
  )
}

/** The days of such a field; null for ever. */
export function daysChosen(value: string): number | null {
  return value === '' ? null : Number(value)
}

interface FormButtonsProps {
  form: Pick<EntryForm, 'isBusy'>
  label: string
  onClose: () => void
}

/** Does what the form is for, or closes it. */
export function FormButtons({ form, label, onClose }: FormButtonsProps) {
  const t = useTranslations('account.twoFactor')
  return (
    <div className="flex flex-wrap gap-2">
      <SubmitButton form={form} variant="outline">
        {label}
      </SubmitButton>
      <Button variant="quiet" onClick={onClose}>
        {t('cancel')}
      </Button>
    </div>
  )
}
