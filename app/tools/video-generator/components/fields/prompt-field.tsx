'use client'

import { FieldError } from '#components/ui/form/field'
import type { ComposerForm } from '../form/use-composer-form.ts'

const maxLength = 4000
/** From this length the count is shown. */
const nearLimit = 3600

/** The prompt, in the largest type of the form; on a phone its label is for screen readers only. */
export function PromptField({ form }: { form: ComposerForm }) {
  const { prompt } = form.values
  const error = form.faults.prompt
  return (
    <div>
      <label htmlFor="prompt" className="mb-1.5 block text-sm text-soft max-lg:sr-only">
        Prompt
      </label>
      <textarea
        id="prompt"
        dir="auto"
        rows={2}
        value={prompt}
        onChange={({ target }) => form.set('prompt', target.value)}
        // Before hydration, typed text would be lost.
        readOnly={!form.model}
        placeholder="One shot: what is seen, when, and how the camera moves"
        aria-invalid={!!error}
        aria-describedby={error ? 'prompt-error' : undefined}
        className="field-sizing-content block max-h-[40dvh] min-h-14 w-full resize-none rounded-sm border-b border-edge bg-transparent pb-3 text-prompt placeholder:text-soft focus:border-signal-ink focus:shadow-[0_1px_0_var(--color-signal-ink)] focus-visible:outline-transparent aria-invalid:border-signal-ink max-lg:max-h-32 lg:min-h-28"
      />
      {prompt.length > nearLimit && (
        <p className="mt-1.5 text-right font-mono text-tiny text-soft">
          {prompt.length.toLocaleString('en')} of {maxLength.toLocaleString('en')}
        </p>
      )}
      <FieldError id="prompt-error" message={error} />
    </div>
  )
}
