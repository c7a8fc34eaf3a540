'use client'

import type { Sentence } from '#lib/messages/message'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import type { MediaType } from '#lib/contract/generation'
import type { ModelView } from '#lib/contract/model-view'
import type { Problem } from '#lib/contract/problem'
import { changeMessage } from './change-message.ts'
import type { StudioKind } from '../kinds/studio-kind.ts'
import type { ComposerValues } from './composer-values.ts'
import { faultsOf, type FieldFaults, findFaults } from './find-faults.ts'
import { forgetDraft, keepDraft, readDraft } from './form-draft.ts'
import { keepWhatFits, modelFor } from './keep-what-fits.ts'

/** A change of the form; as a function where it depends on what was chosen before. */
type FormChange =
  | Partial<ComposerValues>
  | ((chosen: Partial<ComposerValues>) => Partial<ComposerValues>)

/**
 * The form. What was chosen is kept unchanged; what is shown is as much of it as the chosen model supports, so that
 * trying another model loses nothing.
 */
export function useComposerForm<Request>(
  kind: StudioKind<Request>,
  models: ModelView[],
  initial: Partial<ComposerValues>,
  /** Whether what is typed is kept as the studio's draft. */
  isDrafted = true,
) {
  const [chosen, setChosen] = useState(initial)
  const [before, setBefore] = useState(initial)
  const { faults, setFaults, ...faulting } = useFaults()
  const [isSubmitting, setIsSubmitting] = useState(false)
  const model = modelFor(models, chosen)
  const values = model ? keepWhatFits(chosen, model) : { ...kind.initial, ...chosen }

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
  const forget = useDraft({ makes: kind.makes, chosen, initial, refill, isDrafted })
  /** Validates; sends a valid form, else focuses the first invalid field. */
  const submit = async (send: (values: ComposerValues, model: ModelView) => Promise<boolean>) => {
    if (!model || isSubmitting) return
    setIsSubmitting(true)
    try {
      const found = await findFaults({ kind, values, model, models })
      setFaults(found)
      const [first] = Object.keys(found)
      if (first) focusField(first)
      else if (await send(values, model)) forget(chosen)
    } finally {
      setIsSubmitting(false)
    }
  }
  const suggestPrompt = (prompt: string) =>
    setChosen((known) => (known.prompt ? known : { ...known, prompt }))
  const actions = { ...faulting, set, change, refill, submit, suggestPrompt }
  const asked = model && kind.askedOf(values, model)
  return { makes: kind.makes, values, faults, model, asked, changes, isSubmitting, ...actions }
}

export type ComposerForm = ReturnType<typeof useComposerForm<unknown>>

function useFaults() {
  const [faults, setFaults] = useState<FieldFaults>({})
  return {
    faults,
    setFaults,
    showFault: (name: keyof FieldFaults, sentence: Sentence | null) =>
      setFaults(({ [name]: _before, ...others }) =>
        sentence ? { ...others, [name]: sentence } : others,
      ),
    /** Shows the faults that the server found at their fields. */
    showFaults: ({ errors = [] }: Problem) =>
      setFaults(faultsOf(errors.map(({ field, message }) => ({ path: [field], message })))),
  }
}

interface DraftOptions {
  makes: MediaType
  chosen: Partial<ComposerValues>
  initial: Partial<ComposerValues>
  refill: (draft: Partial<ComposerValues>) => void
  isDrafted: boolean
}

/** Takes the draft of this tab up, and keeps it with every change. Returns what forgets it, once that much was started. */
function useDraft({ makes, chosen, initial, refill, isDrafted }: DraftOptions) {
  const latest = useRef(chosen)
  const takeUp = useEffectEvent(() => {
    if (!isDrafted) return
    const draft = readDraft(initial, makes)
    if (draft !== initial) refill(draft)
  })
  useEffect(() => takeUp(), [])
  useEffect(() => {
    if (isDrafted && latest.current !== chosen) keepDraft(chosen)
    latest.current = chosen
  }, [chosen, isDrafted])
  return (started: Partial<ComposerValues>) => {
    if (isDrafted && latest.current === started) forgetDraft()
  }
}

/** The field is visible only once its section has unfolded. */
function focusField(name: string) {
  requestAnimationFrame(() => document.getElementById(name)?.focus())
}
