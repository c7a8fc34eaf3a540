'use client'

import { EyeIcon, EyeOffIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentProps, type ReactNode, useEffect, useRef, useState } from 'react'
import { Button, IconButton } from '#components/ui/button'
import { Field } from '#components/ui/form/field'
import { TextInput } from '#components/ui/form/text-field'
import { passwordLength } from '#lib/contract/people/account'
import type { Problem } from '#lib/contract/problem'
import { useSay } from '#lib/messages/use-say'
import type { EntryForm } from './use-entry-form.ts'

interface EntryFieldProps<Name extends string> extends Omit<ComponentProps<'input'>, 'form'> {
  form: EntryForm<Name>
  name: Name
  label: string
  /** Where the user has just asked for it: the focus goes on there. */
  takesFocus?: boolean
}

/** A field of a form around accounts: label, value, fault. */
export function EntryField<Name extends string>(props: EntryFieldProps<Name>) {
  const { form, name, label, takesFocus, ...rest } = props
  const field = useFocus(takesFocus)
  const id = form.idOf(name)
  const fault = form.faults[name]
  return (
    <Field label={label} htmlFor={id} error={fault}>
      <TextInput
        ref={field}
        id={id}
        name={name}
        required
        aria-invalid={!!fault}
        aria-describedby={fault ? `${id}-error` : undefined}
        {...rest}
      />
    </Field>
  )
}

export function EmailField<Name extends string>(props: Omit<EntryFieldProps<Name>, 'label'>) {
  const t = useTranslations('entry')
  return (
    <EntryField
      label={t('email')}
      type="email"
      inputMode="email"
      autoCapitalize="none"
      spellCheck={false}
      autoComplete="username"
      {...props}
    />
  )
}

/** A password that can be looked at. A new one says how long it must be. */
export function PasswordField<Name extends string>(props: EntryFieldProps<Name>) {
  const { form, name, label, autoComplete, takesFocus } = props
  const field = useFocus(takesFocus)
  const t = useTranslations('entry')
  const [isShown, setIsShown] = useState(false)
  const id = form.idOf(name)
  const fault = form.faults[name]
  const isNew = autoComplete === 'new-password'
  const describedBy = fault ? `${id}-error` : isNew ? `${id}-hint` : undefined
  return (
    <Field label={label} htmlFor={id} error={fault}>
      <div className="relative">
        <TextInput
          ref={field}
          id={id}
          name={name}
          type={isShown ? 'text' : 'password'}
          required
          dir="ltr"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          autoComplete={autoComplete}
          aria-invalid={!!fault}
          aria-describedby={describedBy}
          className="pr-12"
        />
        <IconButton
          label={t(isShown ? 'hidePassword' : 'showPassword')}
          className="absolute top-1/2 right-1.5 -translate-y-1/2 touch:right-0"
          onClick={() => setIsShown(!isShown)}
        >
          {isShown ? <EyeOffIcon /> : <EyeIcon />}
        </IconButton>
      </div>
      {isNew && !fault && (
        <p id={`${id}-hint`} className="mt-1.5 text-sm text-soft">
          {t('passwordHint', { min: passwordLength.atLeast })}
        </p>
      )}
    </Field>
  )
}

function useFocus(isWanted = false) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isWanted) field.current?.focus()
  }, [isWanted])
  return field
}

/** Six digits, as phones and authenticator apps fill them in. */
export function CodeField<Name extends string>(props: EntryFieldProps<Name>) {
  return (
    <EntryField
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={11}
      spellCheck={false}
      className="font-mono tracking-[0.3em]"
      {...props}
    />
  )
}

interface EntryFormProps {
  form: Pick<EntryForm, 'onSubmit' | 'problem'>
  children: ReactNode
}

/** Posted by the browser itself where the page's script is not there yet: a password never gets into an address. */
export function FormOf({ form, children }: EntryFormProps) {
  return (
    <form method="post" noValidate onSubmit={form.onSubmit} className="space-y-5">
      {children}
      {form.problem && <FormProblem problem={form.problem} />}
    </form>
  )
}

/** Why what was sent was refused, and what to do. */
export function FormProblem({ problem }: { problem: Problem }) {
  const say = useSay()
  return (
    <p role="alert" dir="auto" className="border-l-2 border-signal pl-3 text-sm text-signal-ink">
      {say(problem.detail)}
    </p>
  )
}

interface SubmitButtonProps {
  form: Pick<EntryForm, 'isBusy'>
  variant?: 'primary' | 'outline' | 'danger'
  children: string
}

export function SubmitButton({ form, variant = 'primary', children }: SubmitButtonProps) {
  return (
    <Button
      type="submit"
      variant={variant}
      aria-disabled={form.isBusy}
      aria-busy={form.isBusy}
      className={variant === 'primary' ? 'w-full' : undefined}
    >
      {children}
    </Button>
  )
}
