import { useFormat } from '#lib/messages/use-say'
import { useTranslations } from 'next-intl'
import { clsx } from 'clsx'

interface RateProps {
  /** 0 to 1; null before the first. */
  rate: number | null
  /** More is better: drawn solid, else hatched. */
  isGood?: boolean
}

/** A share as a figure and as a bar. */
export function Rate({ rate, isGood = false }: RateProps) {
  const format = useFormat()
  return (
    <span className="flex items-center gap-3">
      <span
        aria-hidden="true"
        className="relative h-2.5 w-20 shrink-0 border-r-2 border-signal bg-sunken forced-color-adjust-none"
      >
        <span
          style={{ width: `${(rate ?? 0) * 100}%` }}
          className={clsx('absolute inset-y-0 left-0', isGood ? 'bg-ink' : hatch)}
        />
      </span>
      <span className="tabular-nums">
        <Figure words={rate === null ? null : format.rate(rate)} />
      </span>
    </span>
  )
}

const hatch = 'bg-[repeating-linear-gradient(90deg,var(--color-ink)_0_1px,transparent_1px_4px)]'

/** A figure, or a dash where there is none yet. */
export function Figure({ words }: { words: string | null }) {
  const t = useTranslations('status')
  if (words !== null) return <span>{words}</span>
  return (
    <>
      <span aria-hidden="true" className="text-soft">
        –
      </span>
      <span className="sr-only">{t('none')}</span>
    </>
  )
}
