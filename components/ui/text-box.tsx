import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { textFieldStyle } from './text-field-style.tsx'

/** Several lines of text; grows with them. */
export function TextBox({ className, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      className={clsx(textFieldStyle, 'field-sizing-content resize-none py-2', className)}
      {...rest}
    />
  )
}
