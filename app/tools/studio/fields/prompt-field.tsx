'use client'

import { useTranslations } from 'next-intl'
import { LibraryBigIcon } from 'lucide-react'
import { Button } from '#components/ui/button'
import { FieldError } from '#components/ui/form/field'
import { LengthNote } from '#components/ui/form/length-note'
import { lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import { PromptHelp } from './prompt-help/prompt-help.tsx'
import type { ComposerForm } from '../form/use-composer-form.ts'

interface PromptFieldProps {
  form: ComposerForm
  /** Opens the templates; absent where there are none to choose from. */
  onTemplates?: () => void
}

/** The prompt, in the largest type of the form; on a phone its label is for screen readers only. */
export function PromptField({ form, onTemplates }: PromptFieldProps) {
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
        onChange={({ target }) => {
          form.set('prompt', target.value)
          // A prompt that is begun again comes from no other.
          if (target.value === '') form.set('promptBefore', '')
        }}
        // Before hydration, typed text would be lost.
        readOnly={!form.model}
        placeholder={t('promptPlaceholder', { kind: form.makes })}
        aria-invalid={!!error}
        aria-describedby={error ? 'prompt-error' : 'prompt-length'}
        className="field-sizing-content block max-h-[40dvh] min-h-14 w-full resize-none rounded-sm border-b border-edge bg-transparent pb-3 text-prompt placeholder:text-soft focus:border-signal-ink focus:shadow-[0_1px_0_var(--color-signal-ink)] focus-visible:outline-transparent aria-invalid:border-signal-ink max-lg:max-h-32 lg:min-h-28"
      />
      <LengthNote id="prompt-length" length={lengthOf(prompt)} max={promptMaxLength} />
      <FieldError id="prompt-error" message={error} />
      <PromptHelp
        prompt={prompt}
        kind={form.makes}
        onChange={(improved, before) => {
          form.set('prompt', improved)
          form.set('promptBefore', before ?? '')
        }}
      >
        {onTemplates && <TemplatesButton isDisabled={!form.model} onClick={onTemplates} />}
      </PromptHelp>
    </div>
  )
}

function TemplatesButton({ isDisabled, onClick }: { isDisabled: boolean; onClick: () => void }) {
  const t = useTranslations('templates')
  return (
    <Button
      size="small"
      variant="quiet"
      aria-haspopup="dialog"
      disabled={isDisabled}
      onClick={onClick}
    >
      <LibraryBigIcon aria-hidden="true" />
      <span>{t('open')}</span>
    </Button>
  )
}
