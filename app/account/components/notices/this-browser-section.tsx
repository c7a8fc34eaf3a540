'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { canPush, pushState, subscribeHere, unsubscribeHere } from '#lib/ai/api/people/push'
import { message } from '#lib/messages/message'
import { Section } from '../../../people/section-page.tsx'
import { useAnswer } from '../../../people/use-answer.ts'
import type { Doing } from '../../../people/use-doing.ts'

/** Whether this very browser gets pushes, and the way to turn them on or off. */
export function ThisBrowserSection({ doing }: { doing: Doing }) {
  const t = useTranslations('push')
  const { answer: state, reload } = useAnswer('push here', stateHere)
  if (state === undefined) return null
  const turnOn = () => doing.run(() => subscribeHere().then(reload), message('push.isOn'))
  const turnOff = () => doing.run(() => unsubscribeHere().then(reload), message('push.isOff'))
  return (
    <Section id="this-browser-heading" title={t('here')}>
      <div className="flex max-w-xl flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="min-w-52 flex-1 text-sm text-soft">{t(sentences[state])}</p>
        {(state === 'ask' || state === 'off') && (
          <Button size="small" onClick={turnOn}>
            {t('turnOn')}
          </Button>
        )}
        {state === 'on' && (
          <Button size="small" variant="quiet" onClick={turnOff}>
            {t('turnOff')}
          </Button>
        )}
      </div>
    </Section>
  )
}

const sentences = {
  ask: 'isOffHere',
  off: 'isOffHere',
  on: 'isOnHere',
  no: 'denied',
  cannot: 'cannot',
} as const

async function stateHere() {
  return canPush() ? pushState() : 'cannot'
}
