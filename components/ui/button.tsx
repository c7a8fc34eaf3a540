import type { VariantProps } from 'class-variance-authority'
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'
import { buttonStyle } from './button-style.tsx'

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {}

/** A button that never submits a form unless told to. */
export function Button({ variant, size, className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={clsx(buttonStyle({ variant, size }), className)} {...rest} />
  )
}
