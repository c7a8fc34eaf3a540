'use client'

import { useTranslations } from 'next-intl'
import { ChoiceGroup } from '#components/ui/form/choice-group'
import { maxVariations } from '#lib/contract/generation'
import type { ComposerForm } from '../form/use-composer-form.ts'

const variations = Array.from({ length: maxVariations }, (_, index) => String(index + 1))

/** How many to make of it. */
export function VariationsField({ form }: { form: ComposerForm }) {
  const t = useTranslations('composer')
  return (
    <ChoiceGroup
      label={t('variations')}
      options={variations}
      name="variations"
      value={String(form.values.variations)}
      onChange={(count) => form.set('variations', Number(count))}
      error={form.faults.variations}
    />
  )
}
