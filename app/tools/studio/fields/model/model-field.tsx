'use client'

import { useTranslations } from 'next-intl'
import { useSay } from '#lib/messages/use-say'
import { ChevronDownIcon } from 'lucide-react'
import { lazyPart } from '#components/ui/lazy-part'
import { useState } from 'react'
import { Field } from '#components/ui/form/field'
import type { ModelView } from '#lib/contract/model-view'
import { SignInToUse } from '../../../../people/sign-in-link.tsx'
import type { ComposerForm } from '../../form/use-composer-form.ts'
import { rateLabel } from './model-labels.ts'
import { InsteadButton, insteadOf, leavingMessage } from './model-replacement.tsx'

const ModelPicker = lazyPart(() => import('./model-picker.tsx').then((file) => file.ModelPicker))

interface ModelFieldProps {
  form: ComposerForm
  models: ModelView[]
}

/** The chosen model. It opens the list of all, including those that are off. */
export function ModelField({ form, models }: ModelFieldProps) {
  const t = useTranslations('composer')
  const say = useSay()
  const { model } = form
  const [isOpen, setIsOpen] = useState<boolean>()
  const error = form.faults.model
  const choose = (id: string) => form.set('model', id)
  return (
    <Field label={t('model')} htmlFor="model" error={error}>
      <button
        id="model"
        type="button"
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- what it opens is no list of words
        role="combobox"
        aria-haspopup="dialog"
        aria-expanded={!!isOpen}
        aria-controls="model-note"
        aria-invalid={!!error}
        aria-describedby={error ? 'model-error' : 'model-note'}
        onClick={() => setIsOpen(true)}
        className={fieldStyle}
      >
        <span dir="auto" className="min-w-0 truncate">
          <span>{model?.label ?? t('loading')}</span>
          {model && model.state !== 'retired' && (
            <span className="text-soft tabular-nums">{`, ${say(rateLabel(model.price, model.kind))}`}</span>
          )}
        </span>
        <ChevronDownIcon aria-hidden="true" className="size-4 shrink-0 text-soft" />
      </button>
      {model && <ModelNote model={model} models={models} onChoose={choose} />}
      {isOpen !== undefined && (
        <ModelPicker
          models={models}
          chosenId={model?.id ?? ''}
          isOpen={isOpen}
          onChoose={choose}
          onClose={() => setIsOpen(false)}
        />
      )}
    </Field>
  )
}

const fieldStyle = [
  'flex h-11 w-full items-center justify-between gap-3 rounded-md border border-hairline px-3',
  'text-left text-sm text-ink hover:border-edge disabled:opacity-60 aria-invalid:border-signal-ink',
].join(' ')

interface ModelNoteProps {
  model: ModelView
  models: readonly ModelView[]
  onChoose: (id: string) => void
}

/** The chosen model's description; if it is unavailable or leaving, the reason and a replacement. */
function ModelNote({ model, models, onChoose }: ModelNoteProps) {
  const { isEnabled, description, unavailableReason } = model
  const say = useSay()
  const leaving = leavingMessage(model)
  return (
    <div className="mt-1.5 space-y-2">
      <p id="model-note" dir="auto" className="text-tiny text-pretty text-soft">
        {isEnabled
          ? [description, leaving].flatMap((one) => (one ? say(one) : [])).join(' ')
          : say(unavailableReason ?? '')}
      </p>
      <SignInToUse models={[model]} />
      {(!isEnabled || leaving) && (
        <InsteadButton model={insteadOf(model, models)} onChoose={onChoose} />
      )}
    </div>
  )
}
