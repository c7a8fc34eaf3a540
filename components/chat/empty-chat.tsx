'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { richTags } from '#components/ui/rich-tags'
import type { Sentence } from '#lib/messages/message'
import { useSay } from '#lib/messages/use-say'

interface EmptyChatProps {
  /** What will answer; undefined until known. A program is never passed off as an AI. */
  answeredBy: Sentence | undefined
  onPick: (example: string) => void
}

const examples = ['rain', 'ocean', 'snow'] as const

/** Before the first message: what this is, who answers, and three ways to begin. */
export function EmptyChat({ answeredBy, onPick }: EmptyChatProps) {
  const t = useTranslations('chat.empty')
  const say = useSay()
  return (
    <div className="my-auto py-10">
      <p aria-hidden="true" className="unexposed relative mb-8 h-16 w-28 rounded-sm">
        <span className="absolute inset-y-0 left-0 w-0.5 bg-signal" />
      </p>
      <h2 className="text-2xl font-semibold tracking-tight text-balance">{t('heading')}</h2>
      <p className="mt-2 max-w-prose text-pretty text-soft">{t('hint')}</p>
      <p className="mt-3 min-h-5 text-sm text-soft">
        {answeredBy && <span>{t.rich('answeredBy', { ...richTags, model: say(answeredBy) })}</span>}
      </p>
      <ul aria-label={t('examples')} className="mt-8 border-t border-hairline">
        {examples.map((example) => (
          <li key={example} className="border-b border-hairline">
            <Button
              variant="quiet"
              onClick={() => onPick(t(example))}
              className="h-auto! min-h-12 w-full justify-start! rounded-none px-2! py-3 text-left text-base! font-normal! text-ink! whitespace-normal! text-pretty"
            >
              {t(example)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
