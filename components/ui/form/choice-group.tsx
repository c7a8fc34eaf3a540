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
  /** Its name, where that is not its value. */
  nameOf?: (option: T) => string
  /** Why an option cannot be chosen, as a sentence; nothing where it can. */
  whyDisabled?: (option: T) => string | undefined
  error?: Sentence | undefined
}

/** More than so many are in several rows. */
const rowAtMost = 5

/** One of some, shown all at once: a radio group of chips, each named by its value. */
export function ChoiceGroup<T extends string>(props: ChoiceGroupProps<T>) {
  const { label, name, options, value, onChange, renderPicture, nameOf, whyDisabled, error } = props
  const errorId = `${name}-error`
  const isMany = options.length > rowAtMost
  return (
    <fieldset role="radiogroup" aria-label={label} aria-describedby={error ? errorId : undefined}>
      <legend className="mb-1.5 text-sm text-soft">{label}</legend>
      <div className={clsx('rounded-md border border-hairline', isMany ? gridStyle : 'flex')}>
        {options.map((option) => (
          <label
            key={option}
            className={clsx(
              chipStyle,
              isMany ? cellStyle : rowStyle,
              renderPicture ? 'justify-end' : 'justify-center',
            )}
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
            <span className="tabular-nums">{nameOf?.(option) ?? option}</span>
          </label>
        ))}
      </div>
      <FieldError id={errorId} message={error} />
    </fieldset>
  )
}

const rowStyle = 'not-first:border-l first:rounded-l-md last:rounded-r-md after:-bottom-px'

// Each cell has its lines on the right and below; the frame hides those at its edge.
const gridStyle = 'grid grid-cols-[repeat(auto-fill,minmax(5rem,1fr))] overflow-hidden'
const cellStyle = '-mr-px -mb-px border-r border-b after:bottom-0'

const chipStyle = clsx(
  'relative flex min-h-9 flex-1 flex-col items-center gap-2 px-2 py-2 text-sm text-soft',
  'border-hairline touch:min-h-11',
  'hover:text-ink has-checked:font-medium has-checked:text-ink has-disabled:opacity-40',
  // The chosen chip has a line below it, not only another colour.
  'after:absolute after:inset-x-0 after:h-0.5 has-checked:after:bg-signal',
  'forced-colors:has-checked:after:bg-[Highlight]',
)
