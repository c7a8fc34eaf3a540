import { clsx } from 'clsx'
import type { Condition } from './provider-condition.ts'

/** How something is, as a mark and a word: the mark's shape says it too, not its colour alone. */
export function ConditionMark({ tone, word }: Pick<Condition, 'tone' | 'word'>) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap">
      <span
        aria-hidden="true"
        className={clsx('size-2 shrink-0 forced-color-adjust-none', markStyles[tone])}
      />
      {word}
    </span>
  )
}

const markStyles: Record<Condition['tone'], string> = {
  good: 'rounded-full bg-ink',
  poor: 'rounded-full border-2 border-ink',
  bad: 'rotate-45 bg-signal',
  off: 'bg-[linear-gradient(var(--color-edge)_0_0)] bg-size-[100%_1px] bg-center bg-no-repeat',
}
