'use client'

import type { Sentence } from '#lib/messages/message'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { GenerateVideoRequest } from '#lib/contract/generate-video-request'
import type { ModelView } from '#lib/contract/model-view'
import type { Problem } from '#lib/contract/problem'
import { changeMessage } from './change-message.ts'
import { type ComposerValues, initialValues, toRequest } from './composer-values.ts'
import { faultsOf, type FieldFaults, findFaults } from './find-faults.ts'
import { forgetDraft, keepDraft, readDraft } from './form-draft.ts'
import { keepWhatFits } from './keep-what-fits.ts'

/** A change of the form; as a function where it depends on what was chosen before. */
type FormChange =
  | Partial<ComposerValues>
  | ((chosen: Partial<ComposerValues>) => Partial<ComposerValues>)

/**
 * The form. What was chosen is kept unchanged; what is shown is as much of it as the chosen model supports, so that
 * trying another model loses nothing.
 */
export function useComposerForm(models: ModelView[], initial: Partial<ComposerValues>) {
  const [chosen, setChosen] = useState(initial)
  const [before, setBefore] = useState(initial)
  const [faults, setFaults] = useState<FieldFaults>({})
  const [isSubmitting, setIsSubmitting] = useState(false)
  const model = modelOf(models, chosen.model)
  const values = model ? keepWhatFits(chosen, model) : { ...initialValues, ...chosen }

  const changes = model ? changeMessage({ before, chosen, values }, model) : null

  const change = (part: FormChange) => {
    setChosen((known) => ({ ...known, ...(typeof part === 'function' ? part(known) : part) }))
    if (typeof part === 'function') return
    const isSwitch = part.model !== undefined && part.model !== model?.id
    setBefore((known) => ({ ...(isSwitch ? values : known), ...part }))
  }
  const set = <Name extends keyof ComposerValues>(name: Name, value: ComposerValues[Name]) => {
    change({ [name]: value })
    setFaults(({ [name]: _mended, ...others }) => others)
  }
  const refill = (settings: Partial<ComposerValues>) => {
    setChosen(settings)
    setBefore(settings)
    setFaults({})
  }
  const forget = useDraft(chosen, initial, refill)
  const showFault = (name: keyof FieldFaults, sentence: Sentence | null) =>
    setFaults(({ [name]: _before, ...others }) =>
      sentence ? { ...others, [name]: sentence } : others,
    )
  /** Validates; sends a valid form, else focuses the first invalid field. */
  const submit = async (send: (request: GenerateVideoRequest) => Promise<boolean>) => {
    if (!model || isSubmitting) return
    setIsSubmitting(true)
    try {
      const found = await findFaults(values, model, models)
      setFaults(found)
      const [first] = Object.keys(found)
      if (first) focusField(first)
      else if (await send(toRequest(values, model))) forget(chosen)
    } finally {
      setIsSubmitting(false)
    }
  }
  /** Shows the faults that the server found at their fields. */
  const showFaults = ({ errors = [] }: Problem) =>
    setFaults(faultsOf(errors.map(({ field, message }) => ({ path: [field], message }))))
  const suggestPrompt = (prompt: string) =>
    setChosen((known) => (known.prompt ? known : { ...known, prompt }))
  const actions = { set, change, refill, submit, showFault, showFaults, suggestPrompt }
  return { values, faults, model, changes, isSubmitting, ...actions }
}

export type ComposerForm = ReturnType<typeof useComposerForm>

/** Takes the draft of this tab up, and keeps it with every change. Returns what forgets it, once that much was started. */
function useDraft(
  chosen: Partial<ComposerValues>,
  initial: Partial<ComposerValues>,
  refill: (draft: Partial<ComposerValues>) => void,
) {
  const latest = useRef(chosen)
  const takeUp = useEffectEvent(() => {
    const draft = readDraft(initial)
    if (draft !== initial) refill(draft)
  })
  useEffect(() => takeUp(), [])
  useEffect(() => {
    if (latest.current !== chosen) keepDraft(chosen)
    latest.current = chosen
  }, [chosen])
  return (started: Partial<ComposerValues>) => {
    if (latest.current === started) forgetDraft()
  }
}

/** The field is visible only once its section has unfolded. */
function focusField(name: string) {
  requestAnimationFrame(() => document.getElementById(name)?.focus())
}

function modelOf(models: ModelView[], id: string | undefined) {
  const named = models.find((model) => model.id === id)
  return named ?? models.find(({ isEnabled }) => isEnabled) ?? models[0]
}
