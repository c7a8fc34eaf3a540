'use client'

import { Disclosure } from '#components/ui/disclosure'
import { Field } from '#components/ui/field'
import { TextBox } from '#components/ui/text-box'
import type { ModelView } from '#lib/contract/model-view'
import { SeedField } from './seed-field.tsx'
import type { ComposerForm } from './use-composer-form.ts'

interface MoreSettingsProps {
  form: ComposerForm
  model: ModelView
}

/** What few people need: the seed, and what must not be seen. Opens by itself on an error inside. */
export function MoreSettings({ form, model }: MoreSettingsProps) {
  const { seed, negativePrompt } = form.faults
  const { supports } = model
  if (!supports.seed && !supports.negativePrompt) return null
  return (
    <Disclosure label="More" isForcedOpen={!!(seed || negativePrompt)}>
      {supports.seed && <SeedField form={form} />}
      {supports.negativePrompt && (
        <Field label="Negative prompt" htmlFor="negativePrompt" error={negativePrompt}>
          <TextBox
            id="negativePrompt"
            value={form.values.negativePrompt}
            onChange={({ target }) => form.set('negativePrompt', target.value)}
            rows={2}
            placeholder="What must not be seen"
            aria-invalid={!!negativePrompt}
            aria-describedby={negativePrompt ? 'negativePrompt-error' : undefined}
          />
        </Field>
      )}
    </Disclosure>
  )
}
