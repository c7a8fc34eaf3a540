'use client'

import { DicesIcon } from 'lucide-react'
import { Field } from '#components/ui/field'
import { IconButton } from '#components/ui/icon-button'
import { TextInput } from '#components/ui/text-input'
import type { ComposerForm } from './use-composer-form.ts'

/** The seed: the same one makes the same video again; empty, it is drawn at the start. */
export function SeedField({ form }: { form: ComposerForm }) {
  const error = form.faults.seed
  const roll = () => {
    const [seed] = crypto.getRandomValues(new Uint32Array(1))
    form.set('seed', String(seed))
  }
  return (
    <Field label="Seed" htmlFor="seed" error={error}>
      <div className="relative">
        <TextInput
          id="seed"
          value={form.values.seed}
          onChange={({ target }) => form.set('seed', target.value)}
          inputMode="numeric"
          autoComplete="off"
          placeholder="random"
          className="pr-12 tabular-nums"
          aria-invalid={!!error}
          aria-describedby={error ? 'seed-error' : undefined}
        />
        <span className="absolute inset-y-0 right-1 flex items-center touch:right-0">
          <IconButton label="Roll the dice" onClick={roll}>
            <DicesIcon />
          </IconButton>
        </span>
      </div>
    </Field>
  )
}
