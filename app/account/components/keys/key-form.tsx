'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FieldError } from '#components/ui/form/field'
import { makeKey } from '#lib/ai/api/people/keys'
import { apiScopes, type NewKeyAnswer } from '#lib/contract/people/api-key'
import type { ApiScope } from '#lib/contract/people/caller'
import { nameMaxLength } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { EntryField, FormOf } from '../../../people/entry-fields.tsx'
import { amountRules, dollarsOrNone } from '../../../people/money/dollars.ts'
import {
  AmountField,
  FormButtons,
  LastsField,
  daysChosen,
} from '../../../people/money/form-parts.tsx'
import { useEntryForm } from '../../../people/use-entry-form.ts'

interface KeyFormProps {
  mayAdmin: boolean
  onMade: (made: NewKeyAnswer) => void
  onClose: () => void
}

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
    const limits = { limitUsd: dollarsOrNone(limit), days: daysChosen(days) }
    onMade(await makeKey({ name: name.trim(), scopes: [...scopes], ...limits }))
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
          <AmountField
            form={form}
            name="limit"
            label={t('keys.limit')}
            required={false}
            placeholder={t('keys.noLimit')}
          />
          <LastsField form={form} />
        </div>
        <FormButtons form={form} label={t('keys.create')} onClose={onClose} />
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
      {offered.map((scope, place) => {
        const own = place === 0 ? id : `${id}-${scope}`
        return (
          <div key={scope} className="flex items-start gap-3 text-sm">
            <input
              id={own}
              type="checkbox"
              aria-describedby={`${own}-may`}
              checked={chosen.includes(scope)}
              onChange={({ target }) =>
                onChange(
                  target.checked ? [...chosen, scope] : chosen.filter((other) => other !== scope),
                )
              }
              className="mt-2 size-6 shrink-0 accent-ink"
            />
            <div className="min-w-0 flex-1 py-1.5">
              <label htmlFor={own} className="block min-h-6">
                {t(`scope_${scope}`)}
              </label>
              <p id={`${own}-may`} className="text-soft">
                {t(`may_${scope}`)}
              </p>
            </div>
          </div>
        )
      })}
      <FieldError id={`${id}-error`} {...(error && { message: error })} />
    </fieldset>
  )
}
