'use client'

import { Field } from '#components/ui/field'
import { TextInput } from '#components/ui/text-input'
import type { ComposerForm } from './use-composer-form.ts'

/** The most one video may cost: a provider that is dearer is not asked, nor does it step in. */
export function LimitField({ form }: { form: ComposerForm }) {
  const error = form.faults.maxUsd
  return (
    <Field
      label="Spend at most"
      htmlFor="maxUsd"
      error={error}
      aside={<span className="text-tiny text-soft">for one video, in dollars</span>}
    >
      <TextInput
        id="maxUsd"
        value={form.values.maxUsd}
        onChange={({ target }) => form.set('maxUsd', target.value)}
        inputMode="decimal"
        autoComplete="off"
        placeholder="no limit"
        className="tabular-nums"
        aria-invalid={!!error}
        aria-describedby={error ? 'maxUsd-error' : undefined}
      />
    </Field>
  )
}
