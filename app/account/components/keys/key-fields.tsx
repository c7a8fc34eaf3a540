'use client'

import { useTranslations } from 'next-intl'
import type { KeyView } from '#lib/contract/people/api-key'
import type { ApiScope } from '#lib/contract/people/caller'
import { nameMaxLength } from '#lib/contract/people/organization'
import { message } from '#lib/messages/message'
import { EntryField } from '../../../people/entry-fields.tsx'
import { amountRules } from '../../../people/money/dollars.ts'
import { AmountField, LastsField } from '../../../people/money/form-parts.tsx'
import type { EntryForm } from '../../../people/use-entry-form.ts'
import { ScopesField } from './scopes-field.tsx'

/** What is wrong with the fields of a key that may do this. */
export function keyRules(scopes: readonly ApiScope[]) {
  return {
    name: (value: string) => (value.trim() ? undefined : message('keys.needName')),
    scopes: () => (scopes.length > 0 ? undefined : message('keys.needScope')),
    limit: amountRules.optional,
    days: () => undefined,
  }
}

interface KeyFieldsProps {
  form: EntryForm<keyof ReturnType<typeof keyRules>>
  offered: readonly ApiScope[]
  chosen: readonly ApiScope[]
  onScopes: (scopes: readonly ApiScope[]) => void
  /** The key that is changed, and how long it works now. */
  view?: KeyView
  asNow?: string
}

/** What a key is called, may do and may spend, and how long it lasts. */
export function KeyFields({ form, offered, chosen, onScopes, view, asNow }: KeyFieldsProps) {
  const t = useTranslations('keys')
  return (
    <>
      <EntryField
        form={form}
        name="name"
        label={t('name')}
        autoComplete="off"
        maxLength={nameMaxLength}
        defaultValue={view?.name}
        takesFocus
      />
      <ScopesField
        id={form.idOf('scopes')}
        offered={offered}
        chosen={chosen}
        onChange={onScopes}
        error={form.faults.scopes}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <AmountField
          form={form}
          name="limit"
          label={t('limit')}
          required={false}
          placeholder={t('noLimit')}
          defaultValue={view?.limitUsd ?? ''}
        />
        <LastsField form={form} {...(asNow !== undefined && { asNow })} />
      </div>
    </>
  )
}
