'use client'

import { Field } from '#components/ui/field'
import { Select } from '#components/ui/select'
import type { ModelView } from '#lib/contract/model-view'
import { rateWords } from './quote.ts'
import type { ComposerForm } from './use-composer-form.ts'

interface ModelFieldProps {
  form: ComposerForm
  models: ModelView[]
}

/** The models, those nobody has switched on too, with the reason. */
export function ModelField({ form, models }: ModelFieldProps) {
  const { model, values } = form
  const error = form.faults.model
  return (
    <Field label="Model" htmlFor="model" error={error}>
      <Select
        id="model"
        value={values.model}
        onChange={({ target }) => form.set('model', target.value)}
        aria-invalid={!!error}
        aria-describedby={error ? 'model-error' : 'model-note'}
      >
        {models.map((one) => (
          <option key={one.id} value={one.id} disabled={!one.isEnabled}>
            {optionWords(one)}
          </option>
        ))}
      </Select>
      {model && (
        <p id="model-note" className="mt-1.5 text-tiny text-soft">
          {model.description}
        </p>
      )}
    </Field>
  )
}

function optionWords(model: ModelView) {
  if (!model.isEnabled) return `${model.label}: ${model.unavailableReason ?? 'switched off'}`
  const demo = model.isDemo ? ' (demo renderer, no AI)' : ''
  return `${model.label}${demo}, ${rateWords(model)}`
}
