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
  const [has, limit, over] = [length, max, length - max].map((count) => count.toLocaleString('en'))
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
          ? `${has} of ${limit} characters, ${over} too many`
          : `${has} of ${limit}`}
    </p>
  )
}
