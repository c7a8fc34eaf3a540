import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** One line of text in a hairline frame. */
export function TextInput({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return (
    <input type={type} dir="auto" className={clsx(textFieldStyle, 'h-11', className)} {...rest} />
  )
}

/** Several lines of text; grows with them. */
export function TextBox({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      dir="auto"
      className={clsx(textFieldStyle, 'field-sizing-content resize-none py-2', className)}
      {...rest}
    />
  )
}

/** The looks of a framed text field, of one line or more. */
const textFieldStyle = [
  'w-full rounded-md border border-hairline bg-transparent px-3 text-field text-ink',
  'placeholder:text-soft hover:border-edge aria-invalid:border-signal-ink',
].join(' ')
