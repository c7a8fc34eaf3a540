import { cva, type VariantProps } from 'class-variance-authority'
import { clsx } from 'clsx'
import type { ComponentProps } from 'react'

/** Classes of a button, for links that look like one too. */
export const buttonStyle = cva(
  [
    'inline-flex max-w-full shrink-0 items-center justify-center gap-2 rounded-md font-medium',
    'transition-colors duration-150 disabled:opacity-50 aria-disabled:opacity-50',
    '[&_svg]:size-4 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-signal text-on-signal forced-color-adjust-none enabled:hover:bg-signal-hover',
        outline: 'border border-edge text-ink hover:bg-ink/7',
        quiet: 'text-soft hover:bg-ink/7 hover:text-ink',
        danger: 'border border-signal-ink text-signal-ink hover:bg-signal hover:text-on-signal',
      },
      size: {
        medium: 'min-h-10 px-4 py-1 text-sm touch:min-h-11',
        large: 'min-h-13 px-5 py-1 text-base',
        small: 'min-h-8 px-2.5 py-1 text-sm touch:min-h-11',
        icon: 'size-8 touch:size-11',
      },
    },
    defaultVariants: { variant: 'outline', size: 'medium' },
  },
)

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {}

/** A button. It submits a form only with `type="submit"`. */
export function Button({ variant, size, className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button type={type} className={clsx(buttonStyle({ variant, size }), className)} {...rest} />
  )
}

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, 'size'> {
  /** What it does; its accessible name and its tooltip. */
  label: string
}

/** A button that shows only an icon. */
export function IconButton({ label, variant = 'quiet', ...rest }: IconButtonProps) {
  return <Button size="icon" variant={variant} aria-label={label} title={label} {...rest} />
}
