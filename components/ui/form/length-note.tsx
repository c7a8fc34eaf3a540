import { useFormat } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { clsx } from 'clsx'

interface LengthNoteProps {
  id: string
  /** Characters. */
  length: number
  max: number
}

/** From this share of the limit the length is shown. */
const nearLimit = 0.9

/** How long a text is, once it is near its limit; beyond it, by how much. */
export function LengthNote({ id, length, max }: LengthNoteProps) {
  const t = useTranslations('ui')
  const { number } = useFormat()
  const [has, limit, over] = [length, max, length - max].map((count) => number(count))
  const isOver = length > max
  return (
    <p
      id={id}
      className={clsx(
        'text-right font-mono text-tiny empty:hidden not-empty:mt-1.5',
        isOver ? 'text-signal-ink' : 'text-soft',
      )}
    >
      {length < max * nearLimit
        ? null
        : isOver
          ? t('tooLong', { has: has!, limit: limit!, over: over! })
          : t('length', { has: has!, limit: limit! })}
    </p>
  )
}
