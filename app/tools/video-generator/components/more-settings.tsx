'use client'

import { Disclosure } from '#components/ui/disclosure'
import { Field } from '#components/ui/field'
import { Switch } from '#components/ui/switch'
import { TextBox } from '#components/ui/text-box'
import type { ModelView } from '#lib/contract/model-view'
import { LimitField } from './limit-field.tsx'
import { SeedField } from './seed-field.tsx'
import type { ComposerForm } from './use-composer-form.ts'

interface MoreSettingsProps {
  form: ComposerForm
  model: ModelView
}

/**
 * What few people need: the seed, what must not be seen, limits of cost. Opens by itself on an error inside, and where
 * a limit is set: what decides about money is in sight.
 */
export function MoreSettings({ form, model }: MoreSettingsProps) {
  const { seed, negativePrompt, maxUsd } = form.faults
  const { supports, isDemo } = model
  const isLimited = !isDemo && form.values.maxUsd !== ''
  return (
    <Disclosure label="More" isForcedOpen={!!(seed || negativePrompt || maxUsd) || isLimited}>
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
      {!isDemo && <LimitField form={form} />}
      <Switch
        label="Reuse an identical video of the last hour"
        checked={form.values.useCache}
        onChange={({ target }) => form.set('useCache', target.checked)}
      />
    </Disclosure>
  )
}
