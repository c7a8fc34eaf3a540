'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { makeKey } from '#lib/ai/api/people/keys'
import { apiScopes, type NewKeyAnswer } from '#lib/contract/people/api-key'
import type { ApiScope } from '#lib/contract/people/caller'
import { FormOf } from '../../../people/entry-fields.tsx'
import { dollarsOrNone } from '../../../people/money/dollars.ts'
import { FormButtons, daysChosen } from '../../../people/money/form-parts.tsx'
import { useEntryForm } from '../../../people/use-entry-form.ts'
import { KeyFields, keyRules } from './key-fields.tsx'

interface KeyFormProps {
  mayAdmin: boolean
  onMade: (made: NewKeyAnswer) => void
  onClose: () => void
}

/** What a new key is called, may do and may spend, and how long it lasts. */
export function KeyForm({ mayAdmin, onMade, onClose }: KeyFormProps) {
  const t = useTranslations()
  const [scopes, setScopes] = useState<readonly ApiScope[]>(['read', 'generate'])
  const form = useEntryForm(keyRules(scopes), async ({ name, limit, days }) => {
    const limits = { limitUsd: dollarsOrNone(limit), days: daysChosen(days) }
    onMade(await makeKey({ name: name.trim(), scopes: [...scopes], ...limits }))
  })
  return (
    <div className="max-w-xl">
      <FormOf form={form}>
        <KeyFields
          form={form}
          offered={apiScopes.filter((scope) => mayAdmin || scope !== 'admin')}
          chosen={scopes}
          onScopes={setScopes}
        />
        <FormButtons form={form} label={t('keys.create')} onClose={onClose} />
      </FormOf>
    </div>
  )
}
