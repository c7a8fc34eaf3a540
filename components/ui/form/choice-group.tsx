import type { Sentence } from '#lib/messages/message'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { FieldError } from './field.tsx'

interface ChoiceGroupProps<T extends string> {
  label: string
  name: string
  options: readonly T[]
  value: T
  onChange: (option: T) => void
  /** A drawing above the option's name. */
  renderPicture?: (option: T) => ReactNode
  /** Why an option cannot be chosen, as a sentence; nothing where it can. */
  whyDisabled?: (option: T) => string | undefined
  error?: Sentence | undefined
}

/** One of a few, shown all at once: a radio group of chips, each named by its value. */
export function ChoiceGroup<T extends string>(props: ChoiceGroupProps<T>) {
  const { label, name, options, value, onChange, renderPicture, whyDisabled, error } = props
  const errorId = `${name}-error`
  return (
    <fieldset role="radiogroup" aria-label={label} aria-describedby={error ? errorId : undefined}>
      <legend className="mb-1.5 text-sm text-soft">{label}</legend>
      <div className="flex rounded-md border border-hairline">
        {options.map((option) => (
          <label
            key={option}
            className={clsx(chipStyle, renderPicture ? 'justify-end' : 'justify-center')}
          >
            <input
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => onChange(option)}
              disabled={whyDisabled?.(option) !== undefined}
              // Its description, too: the input covers its chip.
              title={whyDisabled?.(option)}
              className="absolute inset-0 appearance-none rounded-[inherit]"
            />
            {renderPicture?.(option)}
            <span className="tabular-nums">{option}</span>
          </label>
        ))}
      </div>
      <FieldError id={errorId} message={error} />
    </fieldset>
  )
}

const chipStyle = clsx(
  'relative flex min-h-9 flex-1 flex-col items-center gap-2 px-2 py-2 text-sm text-soft',
  'border-hairline not-first:border-l first:rounded-l-md last:rounded-r-md touch:min-h-11',
  'hover:text-ink has-checked:font-medium has-checked:text-ink has-disabled:opacity-40',
  // The chosen chip has a line below it, not only another colour.
  'after:absolute after:inset-x-0 after:-bottom-px after:h-0.5 has-checked:after:bg-signal',
  'forced-colors:has-checked:after:bg-[Highlight]',
)
