import type { ComponentProps } from 'react'

interface SwitchProps extends Omit<ComponentProps<'input'>, 'type'> {
  label: string
}

/** On or off, at once. */
export function Switch({ label, ...rest }: SwitchProps) {
  return (
    <label className="flex min-h-9 items-center justify-between gap-3 text-sm text-soft touch:min-h-11">
      <span>{label}</span>
      <input
        {...rest}
        type="checkbox"
        role="switch"
        aria-checked={rest.checked}
        className={switchStyle}
      />
    </label>
  )
}

const switchStyle = [
  'relative h-6 w-10 shrink-0 appearance-none rounded-full border border-edge transition-colors',
  'checked:border-ink checked:bg-ink disabled:opacity-40',
  'before:absolute before:top-1 before:left-1 before:size-3.5 before:rounded-full before:bg-edge',
  'before:transition-transform checked:before:translate-x-4 checked:before:bg-ground',
  'forced-colors:checked:before:bg-[Highlight]',
].join(' ')
