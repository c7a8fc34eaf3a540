'use client'

import type { ModelView } from '#lib/contract/model-view'
import { gapWords } from './gap-words.ts'
import type { ComposerForm } from './use-composer-form.ts'

interface ModelLimitsProps {
  form: ComposerForm
  model: ModelView
  models: readonly ModelView[]
}

/** What the chosen model has changed of the settings, and what it does not do; nothing where it does everything, or is out. */
export function ModelLimits({ form, model, models }: ModelLimitsProps) {
  const gaps = gapWords(model, models)
  if (!model.isEnabled || (!form.changes && !gaps)) return null
  return (
    <p id="model-limits" className="mt-2 text-tiny text-pretty text-soft">
      {form.changes && <span className="text-ink">{form.changes} </span>}
      {gaps}
    </p>
  )
}
