import { useSay } from '#lib/messages/use-say'
import type { Sentence } from '#lib/messages/message'
import type { ReactNode } from 'react'

interface FieldProps {
  label: string
  /** The id of the control that the label names. */
  htmlFor: string
  /** Shown at the right end of the label's line: the value, a unit. */
  aside?: ReactNode
  error?: Sentence | undefined
  children: ReactNode
}

/** One control with its label above and its error below; the error's id is `<htmlFor>-error`. */
export function Field({ label, htmlFor, aside, error, children }: FieldProps) {
  return (
    <div>
      <div className="mb-1.5 flex items-baseline justify-between gap-4 text-sm">
        <label htmlFor={htmlFor} className="text-soft">
          {label}
        </label>
        {aside}
      </div>
      {children}
      <FieldError id={`${htmlFor}-error`} message={error} />
    </div>
  )
}

/** What is wrong with a field and what would be right; empty without an error. */
export function FieldError({ id, message }: { id: string; message?: Sentence | undefined }) {
  const say = useSay()
  if (!message) return null
  return (
    <p id={id} dir="auto" className="mt-1.5 text-sm text-signal-ink">
      {say(message)}
    </p>
  )
}
