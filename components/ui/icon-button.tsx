import type { ComponentProps } from 'react'
import { Button } from './button.tsx'

interface IconButtonProps extends Omit<ComponentProps<typeof Button>, 'size'> {
  /** What it does; its accessible name and its tooltip. */
  label: string
}

/** A button that shows only an icon. */
export function IconButton({ label, variant = 'quiet', ...rest }: IconButtonProps) {
  return <Button size="icon" variant={variant} aria-label={label} title={label} {...rest} />
}
