'use client'

import { useTranslations } from 'next-intl'
import type { CreditEntry } from '#lib/contract/people/usage'
import { useFormat } from '#lib/messages/use-say'
import { Section, rowStyle, rowsStyle } from '../../../people/section-page.tsx'

/** Credits that came or went, newest first. */
export function CreditList({ credits }: { credits: readonly CreditEntry[] }) {
  const t = useTranslations('usage')
  const { money, date } = useFormat()
  return (
    <Section id="credits-heading" title={t('credits')}>
      <ul className={rowsStyle}>
        {credits.map(({ kind, usd, note, at }) => (
          <li key={`${at} ${kind} ${usd}`} className={rowStyle}>
            <div className="min-w-0 flex-1">
              <p>{t(`kind_${kind}`)}</p>
              {note && (
                <p dir="auto" className="text-soft wrap-anywhere">
                  {note}
                </p>
              )}
            </div>
            <time dateTime={at} className="text-soft tabular-nums">
              {date(at)}
            </time>
            <span className="min-w-16 text-right tabular-nums">
              {usd < 0 ? `−${money(-usd)}` : money(usd)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
