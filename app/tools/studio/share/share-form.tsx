'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Field } from '#components/ui/form/field'
import { Select } from '#components/ui/form/select'
import { Switch } from '#components/ui/form/switch'
import { makeShare } from '#lib/ai/api/people/shares'
import { shareDays, sharePasswordMaxLength } from '#lib/contract/people/shares'
import { EntryField, FormOf, SubmitButton } from '../../../people/entry-fields.tsx'
import { useEntryForm } from '../../../people/use-entry-form.ts'

interface ShareFormProps {
  fileId: string
  onMade: () => Promise<void>
}

const spans = [1, 7, shareDays, 90, 365] as const
const none = () => undefined

/** What a new link shows, and for how long. */
export function ShareForm({ fileId, onMade }: ShareFormProps) {
  const t = useTranslations('share')
  const [withPrompt, showPrompt] = useState(false)
  const [mayDownload, allowDownload] = useState(false)
  const form = useEntryForm({ days: none, password: none }, async ({ days, password }, element) => {
    const expiresInDays = days === '' ? null : Number(days)
    await makeShare(fileId, { withPrompt, mayDownload, expiresInDays, password: password || null })
    await onMade()
    element.reset()
    showPrompt(false)
    allowDownload(false)
  })
  return (
    <FormOf form={form}>
      <div className="space-y-1">
        <Switch
          label={t('withPrompt')}
          checked={withPrompt}
          onChange={(event) => showPrompt(event.target.checked)}
        />
        <Switch
          label={t('mayDownload')}
          checked={mayDownload}
          onChange={(event) => allowDownload(event.target.checked)}
        />
      </div>
      <Field label={t('expires')} htmlFor={form.idOf('days')}>
        <Select id={form.idOf('days')} name="days" defaultValue={shareDays}>
          {spans.map((count) => (
            <option key={count} value={count}>
              {t('days', { count })}
            </option>
          ))}
          <option value="">{t('never')}</option>
        </Select>
      </Field>
      <EntryField
        form={form}
        name="password"
        label={t('password')}
        required={false}
        autoComplete="off"
        maxLength={sharePasswordMaxLength}
      />
      <SubmitButton form={form}>{t('create')}</SubmitButton>
    </FormOf>
  )
}
