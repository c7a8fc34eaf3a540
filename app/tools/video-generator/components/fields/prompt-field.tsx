'use client'

import { useTranslations } from 'next-intl'
import { FieldError } from '#components/ui/form/field'
import { LengthNote } from '#components/ui/form/length-note'
import { lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import type { ComposerForm } from '../form/use-composer-form.ts'

/** The prompt, in the largest type of the form; on a phone its label is for screen readers only. */
export function PromptField({ form }: { form: ComposerForm }) {
  const t = useTranslations('composer')
  const { prompt } = form.values
  const error = form.faults.prompt
  return (
    <div>
      <label htmlFor="prompt" className="mb-1.5 block text-sm text-soft max-lg:sr-only">
        {t('prompt')}
      </label>
      <textarea
        id="prompt"
        dir="auto"
        rows={2}
        value={prompt}
        onChange={({ target }) => form.set('prompt', target.value)}
        // Before hydration, typed text would be lost.
        readOnly={!form.model}
        placeholder={t('promptPlaceholder')}
        aria-invalid={!!error}
        aria-describedby={error ? 'prompt-error' : 'prompt-length'}
        className="field-sizing-content block max-h-[40dvh] min-h-14 w-full resize-none rounded-sm border-b border-edge bg-transparent pb-3 text-prompt placeholder:text-soft focus:border-signal-ink focus:shadow-[0_1px_0_var(--color-signal-ink)] focus-visible:outline-transparent aria-invalid:border-signal-ink max-lg:max-h-32 lg:min-h-28"
      />
      <LengthNote id="prompt-length" length={lengthOf(prompt)} max={promptMaxLength} />
      <FieldError id="prompt-error" message={error} />
    </div>
  )
}
