'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/button'
import { Field, FieldError } from '#components/ui/form/field'
import { Select } from '#components/ui/form/select'
import { makeKey } from '#lib/ai/api/people/keys'
import { apiScopes, type NewKeyAnswer } from '#lib/contract/people/api-key'
import type { ApiScope } from '#lib/contract/people/caller'
import { nameMaxLength } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { EntryField, FormOf, SubmitButton } from '../../../people/entry-fields.tsx'
import { amountRules, dollarsOrNone } from '../../../people/money/dollars.ts'
import { useEntryForm } from '../../../people/use-entry-form.ts'

interface KeyFormProps {
  mayAdmin: boolean
  onMade: (made: NewKeyAnswer) => void
  onClose: () => void
}

const spans = [30, 90, 365] as const
const usualSpan = 90

/** What a new key is called, may do and may spend, and how long it lasts. */
export function KeyForm({ mayAdmin, onMade, onClose }: KeyFormProps) {
  const t = useTranslations()
  const [scopes, setScopes] = useState<readonly ApiScope[]>(['read', 'generate'])
  const wanted = {
    name: (value: string) => (value.trim() ? undefined : message('keys.needName')),
    scopes: () => (scopes.length > 0 ? undefined : message('keys.needScope')),
    limit: amountRules.optional,
    days: () => undefined,
  }
  const form = useEntryForm(wanted, async ({ name, limit, days }) => {
    const limitUsd = dollarsOrNone(limit)
    const lasts = days === '' ? null : Number(days)
    onMade(await makeKey({ name: name.trim(), scopes: [...scopes], limitUsd, days: lasts }))
  })
  return (
    <div className="max-w-xl">
      <FormOf form={form}>
        <EntryField
          form={form}
          name="name"
          label={t('keys.name')}
          autoComplete="off"
          maxLength={nameMaxLength}
          takesFocus
        />
        <ScopesField
          id={form.idOf('scopes')}
          offered={apiScopes.filter((scope) => mayAdmin || scope !== 'admin')}
          chosen={scopes}
          onChange={setScopes}
          error={form.faults.scopes}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <EntryField
            form={form}
            name="limit"
            label={t('keys.limit')}
            required={false}
            inputMode="decimal"
            autoComplete="off"
            placeholder={t('keys.noLimit')}
          />
          <Field label={t('keys.lasts')} htmlFor={form.idOf('days')}>
            <Select id={form.idOf('days')} name="days" defaultValue={usualSpan}>
              {spans.map((count) => (
                <option key={count} value={count}>
                  {t('keys.days', { count })}
                </option>
              ))}
              <option value="">{t('keys.forEver')}</option>
            </Select>
          </Field>
        </div>
        <div className="flex flex-wrap gap-2">
          <SubmitButton form={form} variant="outline">
            {t('keys.create')}
          </SubmitButton>
          <Button variant="quiet" onClick={onClose}>
            {t('account.twoFactor.cancel')}
          </Button>
        </div>
      </FormOf>
    </div>
  )
}

interface ScopesFieldProps {
  id: string
  offered: readonly ApiScope[]
  chosen: readonly ApiScope[]
  onChange: (chosen: readonly ApiScope[]) => void
  error: ReturnType<typeof message> | undefined
}

function ScopesField({ id, offered, chosen, onChange, error }: ScopesFieldProps) {
  const t = useTranslations('keys')
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm text-soft">{t('scopes')}</legend>
      {offered.map((scope, place) => (
        <label key={scope} className="flex min-h-9 items-start gap-3 py-1.5 text-sm touch:min-h-11">
          <input
            id={place === 0 ? id : undefined}
            type="checkbox"
            checked={chosen.includes(scope)}
            onChange={({ target }) =>
              onChange(
                target.checked ? [...chosen, scope] : chosen.filter((other) => other !== scope),
              )
            }
            className="mt-0.5 size-4.5 shrink-0 accent-ink"
          />
          <span className="min-w-0">
            <span>{t(`scope_${scope}`)}</span>
            <span className="block text-soft">{t(`may_${scope}`)}</span>
          </span>
        </label>
      ))}
      <FieldError id={`${id}-error`} {...(error && { message: error })} />
    </fieldset>
  )
}
