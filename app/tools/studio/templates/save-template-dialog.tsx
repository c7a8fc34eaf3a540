'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useState } from 'react'
import { Button } from '#components/ui/button'
import { Field, FieldError } from '#components/ui/form/field'
import { LengthNote } from '#components/ui/form/length-note'
import { Switch } from '#components/ui/form/switch'
import { TextBox, TextInput } from '#components/ui/form/text-field'
import { Dialog } from '#components/ui/overlay/dialog'
import { useAccount } from '#lib/ai/api/people/use-account'
import { changeTemplate, makeTemplate } from '#lib/ai/api/templates'
import { type TemplateView, templateNameAtMost, variablesOf } from '#lib/contract/library/templates'
import { ProblemError } from '#lib/contract/problem'
import { lengthOf, promptMaxLength } from '#lib/contract/text/plain-text'
import { type Sentence, message } from '#lib/messages/message'
import { useFormat } from '#lib/messages/use-say'
import type { TemplateDraft } from './composer-template.ts'

interface SaveTemplateDialogProps {
  draft: TemplateDraft
  isOpen: boolean
  onSaved: (template: TemplateView) => void
  onClose: () => void
}

/** Names a template and writes its variables: a new one, or one that is changed. */
export function SaveTemplateDialog(props: SaveTemplateDialogProps) {
  const { draft, isOpen, onSaved, onClose } = props
  const t = useTranslations('templates')
  return (
    <Dialog title={t(draft.id ? 'changeTitle' : 'saveAs')} isOpen={isOpen} onClose={onClose}>
      <TemplateForm draft={draft} onSaved={onSaved} />
    </Dialog>
  )
}

interface Faults {
  name?: Sentence
  prompt?: Sentence
  other?: Sentence
}

function TemplateForm({ draft, onSaved }: Pick<SaveTemplateDialogProps, 'draft' | 'onSaved'>) {
  const t = useTranslations('templates')
  const id = useId()
  const [name, setName] = useState(draft.name)
  const [prompt, setPrompt] = useState(draft.settings.prompt)
  const [isShared, setIsShared] = useState(draft.isShared)
  const active = useAccount()?.active
  const isTeam = active?.kind === 'organization'
  const { faults, isBusy, save } = useSave(draft, onSaved)
  return (
    <form
      className="max-w-2xl space-y-5"
      noValidate
      onSubmit={(event) => save(event, { name, prompt, isShared: isTeam && isShared })}
    >
      <Field label={t('name')} htmlFor={`${id}-name`} error={faults.name}>
        <TextInput
          id={`${id}-name`}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the first field of a dialog that was just asked for
          autoFocus
          value={name}
          maxLength={templateNameAtMost}
          aria-invalid={!!faults.name}
          aria-describedby={faults.name && `${id}-name-error`}
          onChange={({ target }) => setName(target.value)}
        />
      </Field>
      <PromptBox id={id} prompt={prompt} fault={faults.prompt} onChange={setPrompt} />
      {isTeam && (
        <Switch
          label={t('share', { organization: active.name })}
          checked={isShared}
          onChange={({ target }) => setIsShared(target.checked)}
        />
      )}
      <FieldError id={`${id}-other`} message={faults.other} />
      <Button type="submit" variant="primary" aria-disabled={isBusy}>
        {t('save')}
      </Button>
    </form>
  )
}

interface PromptBoxProps {
  id: string
  prompt: string
  fault: Sentence | undefined
  onChange: (prompt: string) => void
}

function PromptBox({ id, prompt, fault, onChange }: PromptBoxProps) {
  const t = useTranslations('templates')
  return (
    <Field label={t('prompt')} htmlFor={`${id}-prompt`} error={fault}>
      <TextBox
        id={`${id}-prompt`}
        rows={5}
        className="max-h-[40dvh]"
        value={prompt}
        aria-invalid={!!fault}
        aria-describedby={`${id}-prompt-help${fault ? ` ${id}-prompt-error` : ''}`}
        onChange={({ target }) => onChange(target.value)}
      />
      <LengthNote id={`${id}-length`} length={lengthOf(prompt)} max={promptMaxLength} />
      <VariablesHelp id={`${id}-prompt-help`} prompt={prompt} />
    </Field>
  )
}

/** How a variable is written, and those there are. */
function VariablesHelp({ id, prompt }: { id: string; prompt: string }) {
  const t = useTranslations('templates')
  const { list } = useFormat()
  const names = variablesOf(prompt).map(({ name }) => name)
  return (
    <div id={id} className="mt-2 space-y-1 text-sm text-pretty text-soft">
      <p>{t('variablesHelp')}</p>
      <output className="block">
        {names.length > 0 ? t('variables', { names: list(names) }) : t('noVariables')}
      </output>
    </div>
  )
}

interface Written {
  name: string
  prompt: string
  isShared: boolean
}

function useSave(draft: TemplateDraft, onSaved: (template: TemplateView) => void) {
  const [faults, setFaults] = useState<Faults>({})
  const [isBusy, setIsBusy] = useState(false)
  const send = async ({ name, prompt, isShared }: Written) => {
    const { id, kind } = draft
    const settings = { ...draft.settings, prompt }
    setIsBusy(true)
    try {
      const written = { name: name.trim(), settings, isShared }
      onSaved(await (id ? changeTemplate(id, written) : makeTemplate({ ...written, kind })))
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setFaults(faultsOf(error))
    } finally {
      setIsBusy(false)
    }
  }
  const save = (event: FormEvent, written: Written) => {
    event.preventDefault()
    if (isBusy) return
    const missing: Faults = {
      ...(!written.name.trim() && { name: message('templates.needName') }),
      ...(!written.prompt.trim() && { prompt: message('request.prompt') }),
    }
    setFaults(missing)
    if (Object.keys(missing).length === 0) void send(written)
  }
  return { faults, isBusy, save }
}

function faultsOf({ problem: { errors = [], detail } }: ProblemError): Faults {
  const at = (field: string) => errors.find((error) => error.field === field)?.message
  const [name, prompt] = [at('name'), at('settings.prompt')]
  if (!name && !prompt) return { other: detail }
  return { ...(name && { name }), ...(prompt && { prompt }) }
}
