'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { ConfirmDialog } from '#components/ui/overlay/confirm-dialog'
import { type KeyChanges, changeKey } from '#lib/ai/api/people/keys'
import { serverNow } from '#lib/contract/answer-headers'
import { apiScopes, type KeyView } from '#lib/contract/people/api-key'
import type { ApiScope } from '#lib/contract/people/caller'
import { useFormat } from '#lib/messages/use-say'
import { FormOf } from '../../../people/entry-fields.tsx'
import { dollarsOrNone } from '../../../people/money/dollars.ts'
import { FormButtons, daysChosen, unchanged } from '../../../people/money/form-parts.tsx'
import { useEntryForm } from '../../../people/use-entry-form.ts'
import { KeyFields, keyRules } from './key-fields.tsx'

interface ChangeKeyFormProps {
  view: KeyView
  onChanged: () => Promise<void>
  onClose: () => void
}

/**
 * What a key is called, may do and may spend, and how long it lasts from now. Before it may do more, or works again after
 * its end, it is asked for once more.
 */
export function ChangeKeyForm({ view, onChanged, onClose }: ChangeKeyFormProps) {
  const t = useTranslations()
  const [scopes, setScopes] = useState<readonly ApiScope[]>(view.scopes)
  const asking = useAsking()
  const form = useChange(view, { scopes, ask: asking.ask, onChanged })
  return (
    <div className="mt-4 mb-2 max-w-xl">
      <FormOf form={form}>
        <KeyFields
          form={form}
          offered={apiScopes.filter((scope) => scope !== 'admin' || view.scopes.includes(scope))}
          chosen={scopes}
          onScopes={setScopes}
          view={view}
          asNow={useEndNow(view)}
        />
        <FormButtons form={form} label={t('account.save')} onClose={onClose} />
      </FormOf>
      <ConfirmDialog
        title={t('keys.strongerTitle', { name: view.name })}
        description={t('keys.strongerHelp')}
        action={t('keys.strongerAction')}
        isOpen={asking.isOpen}
        onConfirm={() => asking.answer(true)}
        onClose={() => asking.answer(false)}
      />
    </div>
  )
}

interface ChangeOptions extends Pick<ChangeKeyFormProps, 'onChanged'> {
  scopes: readonly ApiScope[]
  ask: () => Promise<boolean>
}

/** The form that changes a key; what makes it stronger only once that is confirmed. */
function useChange(view: KeyView, { scopes, ask, onChanged }: ChangeOptions) {
  return useEntryForm(keyRules(scopes), async ({ name, limit, days }) => {
    const changes: KeyChanges = { name: name.trim(), scopes: [...scopes] }
    changes.limitUsd = dollarsOrNone(limit)
    if (days !== unchanged) changes.days = daysChosen(days)
    if (makesStronger(view, changes)) {
      if (!(await ask())) return
      changes.confirm = true
    }
    await changeKey(view.id, changes)
    await onChanged()
  })
}

function useEndNow({ expiresAt }: KeyView) {
  const t = useTranslations('keys')
  const { date } = useFormat()
  if (expiresAt === null) return t('neverExpires')
  return t(isOver(expiresAt) ? 'expired' : 'expires', { date: date(expiresAt) })
}

function isOver(expiresAt: string | null) {
  return expiresAt !== null && Date.parse(expiresAt) <= serverNow()
}

function makesStronger(view: KeyView, { scopes = [], days }: KeyChanges) {
  const isWider = scopes.some((scope) => !view.scopes.includes(scope))
  return isWider || (days !== undefined && isOver(view.expiresAt))
}

/** A question that is answered by a dialog. */
function useAsking() {
  const [pending, setPending] = useState<(isConfirmed: boolean) => void>()
  return {
    isOpen: pending !== undefined,
    ask: () => new Promise<boolean>((resolve) => setPending(() => resolve)),
    answer: (isConfirmed: boolean) => {
      pending?.(isConfirmed)
      setPending(undefined)
    },
  }
}
