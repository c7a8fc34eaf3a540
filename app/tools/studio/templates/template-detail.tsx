'use client'

import { ArrowLeftIcon, CopyIcon, PencilIcon, Trash2Icon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { TextBox } from '#components/ui/form/text-field'
import {
  type TemplatePart,
  type TemplateView,
  filledPrompt,
  partsOf,
  templateNameAtMost,
  variablesOf,
} from '#lib/contract/library/templates'
import type { ModelView } from '#lib/contract/model-view'
import { message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import { type TemplateDraft, modelNameOf } from './composer-template.ts'

interface TemplateDetailProps {
  template: TemplateView
  models: readonly ModelView[]
  onBack: () => void
  onUse: (template: TemplateView, prompt: string) => void
  onDraft: (draft: TemplateDraft) => void
  onDelete: (template: TemplateView) => void
}

/** One template: its prompt as it will be, a field for each variable, and what can be done with it. */
export function TemplateDetail(props: TemplateDetailProps) {
  const { template, models, onBack, onUse } = props
  const t = useTranslations('templates')
  const { prompt } = template.settings
  const variables = variablesOf(prompt)
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(variables.map(({ name, suggestion }) => [name, suggestion])),
  )
  const [isChecked, setIsChecked] = useState(false)
  const isEmpty = (name: string) => !values[name]?.trim()
  const use = (event: FormEvent) => {
    event.preventDefault()
    const missing = variables.findIndex(({ name }) => isEmpty(name))
    setIsChecked(true)
    if (missing < 0) onUse(template, filledPrompt(prompt, values))
    else document.getElementById(`variable-${missing}`)?.focus()
  }
  return (
    <section aria-labelledby="template-detail">
      <DetailHead template={template} models={models} onBack={onBack} />
      <PromptPreview prompt={prompt} values={values} />
      <form noValidate onSubmit={use} className="mt-5 space-y-4">
        {variables.map(({ name }, index) => (
          <VariableField
            key={name}
            id={`variable-${index}`}
            name={name}
            value={values[name] ?? ''}
            isMissing={isChecked && isEmpty(name)}
            onChange={(value) => setValues({ ...values, [name]: value })}
          />
        ))}
        <Button type="submit" variant="primary" className="max-sm:w-full">
          {t('use')}
        </Button>
      </form>
      <Changes {...props} />
    </section>
  )
}

function DetailHead({
  template,
  models,
  onBack,
}: Pick<TemplateDetailProps, 'template' | 'models' | 'onBack'>) {
  const t = useTranslations('templates')
  return (
    <>
      <Button size="small" variant="quiet" className="mb-2 -ml-2.5 lg:hidden" onClick={onBack}>
        <ArrowLeftIcon aria-hidden="true" />
        <span>{t('all')}</span>
      </Button>
      <h3
        id="template-detail"
        tabIndex={-1}
        dir="auto"
        className="font-semibold tracking-tight wrap-anywhere outline-none"
      >
        {template.name}
      </h3>
      <Facts template={template} models={models} />
    </>
  )
}

interface VariableFieldProps {
  id: string
  name: string
  value: string
  isMissing: boolean
  onChange: (value: string) => void
}

function VariableField({ id, name, value, isMissing, onChange }: VariableFieldProps) {
  const error = isMissing ? message('templates.fillIn') : undefined
  return (
    <Field label={name} htmlFor={id} error={error}>
      <TextBox
        id={id}
        rows={1}
        value={value}
        aria-invalid={isMissing}
        aria-describedby={error && `${id}-error`}
        onChange={({ target }) => onChange(target.value)}
      />
    </Field>
  )
}

/** The model and the format it was saved with. */
function Facts({ template, models }: Pick<TemplateDetailProps, 'template' | 'models'>) {
  const t = useTranslations('templates')
  const { span } = useFormat()
  const { settings } = template
  const { aspectRatio, width, height, duration, resolution } = settings
  const isSized = aspectRatio === 'custom'
  const facts = [
    modelNameOf(settings, models),
    isSized ? `${width} × ${height}` : aspectRatio,
    template.kind === 'video' && duration !== undefined && span(duration),
    !isSized && resolution,
  ].filter((fact) => fact !== undefined && fact !== false)
  return (
    <p className="mt-1 text-sm text-soft tabular-nums">
      {facts.length > 0 ? facts.join(' · ') : t('anySettings')}
    </p>
  )
}

/** The words as they are, and each variable marked, with what it is filled with. */
function PromptPreview({ prompt, values }: { prompt: string; values: Record<string, string> }) {
  return (
    <p
      dir="auto"
      className="mt-4 max-h-60 overflow-y-auto rounded-md border border-hairline p-3 text-sm whitespace-pre-wrap wrap-anywhere"
    >
      {placed(partsOf(prompt)).map(({ part, place }) =>
        'text' in part ? (
          <span key={place}>{part.text}</span>
        ) : (
          <mark
            key={place}
            className="bg-transparent text-ink underline decoration-signal decoration-2 underline-offset-4"
          >
            {values[part.variable.name]?.trim() || `{${part.variable.name}}`}
          </mark>
        ),
      )}
    </p>
  )
}

/** The pieces with their places, which never change. */
function placed(parts: readonly TemplatePart[]) {
  return parts.map((part, place) => ({ part, place }))
}

/** Copying is for all; changing and deleting for those who may. */
function Changes({ template, onDraft, onDelete }: TemplateDetailProps) {
  const t = useTranslations('templates')
  const { id, name, kind, settings, isShared, canChange } = template
  const copied = t('copyName', { name }).slice(0, templateNameAtMost)
  const copy = { name: copied, kind, settings, isShared: false }
  return (
    <div className="mt-6 -ml-2.5 flex flex-wrap gap-1">
      <Button size="small" variant="quiet" onClick={() => onDraft(copy)}>
        <CopyIcon aria-hidden="true" />
        <span>{t('copy')}</span>
      </Button>
      {canChange && (
        <>
          <Button
            size="small"
            variant="quiet"
            onClick={() => onDraft({ id, name, kind, settings, isShared })}
          >
            <PencilIcon aria-hidden="true" />
            <span>{t('change')}</span>
          </Button>
          <Button size="small" variant="quiet" onClick={() => onDelete(template)}>
            <Trash2Icon aria-hidden="true" />
            <span>{t('delete')}</span>
          </Button>
        </>
      )}
    </div>
  )
}
