'use client'

import { useTranslations } from 'next-intl'
import { FieldError } from '#components/ui/form/field'
import { Switch } from '#components/ui/form/switch'
import type { ComposerForm } from '../../../studio/form/use-composer-form.ts'

/** Sound on or off, if the model has both; else a note that it always has sound. */
export function AudioField({ form }: { form: ComposerForm }) {
  const t = useTranslations('composer')
  const supports = form.model?.supports
  if (supports?.audio === false) return null
  if (supports && !supports.silence)
    return (
      <p className="flex min-h-9 items-center justify-between text-sm text-soft">
        <span>{t('audio')}</span> <span>{t('alwaysAudio')}</span>
      </p>
    )
  return (
    <div>
      <Switch
        label={t('audio')}
        checked={form.values.generateAudio}
        onChange={({ target }) => form.set('generateAudio', target.checked)}
      />
      <FieldError id="generateAudio-error" message={form.faults.generateAudio} />
    </div>
  )
}
