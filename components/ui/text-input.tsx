import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { textFieldStyle } from './text-field-style.tsx'

/** One line of text in a hairline frame. */
export function TextInput({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={clsx(textFieldStyle, 'h-11', className)} {...rest} />
}
