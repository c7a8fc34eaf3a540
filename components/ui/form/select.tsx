import { clsx } from 'clsx'
import { ChevronDownIcon } from 'lucide-react'
import type { ComponentProps } from 'react'

/** The platform's own select: no script, and native on every phone. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return (
    <div className="relative">
      <select
        className={clsx(
          'picker h-11 w-full truncate rounded-md border border-hairline bg-transparent pr-9 pl-3 text-left',
          'text-field text-ink hover:border-edge disabled:opacity-60',
          className,
        )}
        {...rest}
      />
      <ChevronDownIcon
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-soft"
      />
    </div>
  )
}
