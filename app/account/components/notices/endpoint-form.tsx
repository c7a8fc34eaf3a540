'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { FieldError } from '#components/ui/form/field'
import { addEndpoint } from '#lib/ai/api/people/notices'
import { callbackUrlMaxLength, type NoticeKind, noticeKinds } from '#lib/contract/people/notices'
import { type MessageRef, message } from '#lib/messages/message'
import { EntryField, FormOf } from '../../../people/entry-fields.tsx'
import { FormButtons } from '../../../people/money/form-parts.tsx'
import { useEntryForm } from '../../../people/use-entry-form.ts'
import { shortOf } from './settings-sections.tsx'

interface EndpointFormProps {
  onAdded: () => void
  onClose: () => void
}

/** An address to send events to, and which. */
export function EndpointForm({ onAdded, onClose }: EndpointFormProps) {
  const t = useTranslations('notices.screen')
  const [kinds, setKinds] = useState<readonly NoticeKind[]>(noticeKinds)
  const wanted = {
    url: (value: string) =>
      /^https?:\/\/\S+$/i.test(value.trim()) ? undefined : message('notices.screen.needAddress'),
    kinds: () => (kinds.length > 0 ? undefined : message('notices.screen.needEvent')),
  }
  const form = useEntryForm(wanted, async ({ url }) => {
    await addEndpoint({ url: url.trim(), kinds: [...kinds] })
    onAdded()
  })
  return (
    <div className="max-w-xl">
      <FormOf form={form}>
        <EntryField
          form={form}
          name="url"
          label={t('address')}
          type="url"
          inputMode="url"
          dir="ltr"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={callbackUrlMaxLength}
          takesFocus
        />
        <EventsField
          id={form.idOf('kinds')}
          chosen={kinds}
          onChange={setKinds}
          fault={form.faults.kinds}
        />
        <FormButtons form={form} label={t('add')} onClose={onClose} />
      </FormOf>
    </div>
  )
}

interface EventsFieldProps {
  id: string
  chosen: readonly NoticeKind[]
  onChange: (chosen: readonly NoticeKind[]) => void
  fault: MessageRef | undefined
}

function EventsField({ id, chosen, onChange, fault }: EventsFieldProps) {
  const t = useTranslations('notices.screen')
  return (
    <fieldset aria-describedby={fault ? `${id}-error` : undefined}>
      <legend className="mb-1.5 text-sm text-soft">{t('events')}</legend>
      {noticeKinds.map((kind, place) => (
        <label key={kind} className="flex min-h-9 items-center gap-3 text-sm touch:min-h-11">
          <input
            id={place === 0 ? id : undefined}
            type="checkbox"
            checked={chosen.includes(kind)}
            onChange={({ target }) =>
              onChange(
                target.checked ? [...chosen, kind] : chosen.filter((other) => other !== kind),
              )
            }
            className="size-6 shrink-0 accent-ink"
          />
          <span>{t(`kind_${shortOf(kind)}`)}</span>
        </label>
      ))}
      <FieldError id={`${id}-error`} {...(fault && { message: fault })} />
    </fieldset>
  )
}
