'use client'

import { type SubmitEvent, useId, useState } from 'react'
import { passwordLength } from '#lib/contract/people/account'
import { type Problem, ProblemError } from '#lib/contract/problem'
import { type MessageRef, message } from '#lib/messages/message'

/** What is wrong with a value; nothing where it will do. */
export type Rule = (value: string) => MessageRef | undefined

interface State<Name extends string> {
  faults: Partial<Record<Name, MessageRef>>
  problem: Problem | undefined
  isBusy: boolean
}

export type EntryForm<Name extends string = string> = State<Name> & {
  idOf: (name: Name) => string
  onSubmit: (event: SubmitEvent<HTMLFormElement>) => void
}

/**
 * A form whose fields keep their own values, so that what is typed stays whatever is answered. `send` resolves with
 * `'leaving'` where the page is left: the button then stays as it is.
 */
export function useEntryForm<Name extends string>(
  rules: Record<Name, Rule>,
  send: (values: Record<Name, string>, form: HTMLFormElement) => Promise<'leaving' | void>,
): EntryForm<Name> {
  const id = useId()
  const idOf = (name: Name) => `${id}-${name}`
  const [state, setState] = useState<State<Name>>(atRest)
  const submit = async (form: HTMLFormElement) => {
    const values = valuesOf(form, rules)
    const faults = faultsOf(values, rules)
    setState({ ...atRest, faults, isBusy: Object.keys(faults).length === 0 })
    const first = (Object.keys(rules) as Name[]).find((name) => faults[name])
    if (first) return document.getElementById(idOf(first))?.focus()
    try {
      if ((await send(values, form)) !== 'leaving') setState(atRest)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      setState({ ...atRest, problem: error.problem })
    }
  }
  return {
    ...state,
    idOf,
    onSubmit: (event) => {
      event.preventDefault()
      if (!state.isBusy) void submit(event.currentTarget)
    },
  }
}

const atRest = { faults: {}, problem: undefined, isBusy: false }

function valuesOf<Name extends string>(form: HTMLFormElement, rules: Record<Name, Rule>) {
  const data = new FormData(form)
  const names = Object.keys(rules) as Name[]
  return Object.fromEntries(names.map((name) => [name, textOf(data.get(name))])) as Record<
    Name,
    string
  >
}

function textOf(value: FormDataEntryValue | null) {
  return typeof value === 'string' ? value : ''
}

function faultsOf<Name extends string>(
  values: Record<Name, string>,
  rules: Record<Name, Rule>,
): Partial<Record<Name, MessageRef>> {
  const faults: Partial<Record<Name, MessageRef>> = {}
  for (const name of Object.keys(rules) as Name[]) {
    const fault = rules[name](values[name])
    if (fault) faults[name] = fault
  }
  return faults
}

/** What every form around accounts asks of its fields. */
export const rules = {
  name: (value) => (value.trim() ? undefined : message('entry.needName')),
  email: (value) =>
    /^[^\s@]+@[^\s@]+$/.test(value.trim()) ? undefined : message('entry.needEmail'),
  password: (value) => (value ? undefined : message('entry.needPassword')),
  newPassword: (value) => {
    const { atLeast: min, atMost: max } = passwordLength
    if (value.length < min) return message('entry.needLongPassword', { min })
    return value.length > max ? message('entry.needShortPassword', { max }) : undefined
  },
  code: (value) =>
    /^\d{6}$/.test(value.replaceAll(/\s/g, '')) ? undefined : message('entry.needCode'),
  backupCode: (value) => (value.trim() ? undefined : message('entry.needBackupCode')),
} satisfies Record<string, Rule>
