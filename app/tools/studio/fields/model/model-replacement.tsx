'use client'

import { useTranslations } from 'next-intl'
import { Button } from '#components/ui/button'
import { message } from '#lib/messages/message'
import type { ModelView } from '#lib/contract/model-view'

interface InsteadButtonProps {
  model: ModelView | undefined
  onChoose: (id: string) => void
}

/** Chooses a replacement with one click; hidden without one. */
export function InsteadButton({ model, onChoose }: InsteadButtonProps) {
  const t = useTranslations('composer')
  if (!model) return null
  const { id, label, isDemo } = model
  return (
    <Button size="small" onClick={() => onChoose(id)}>
      {t(isDemo ? 'useInsteadDemo' : 'useInstead', { model: label })}
    </Button>
  )
}

/** The replacement of a model: its successor if that is available, else the first of its kind; the demo last. */
export function insteadOf(model: ModelView, models: readonly ModelView[]) {
  const usable = models.filter(
    ({ id, isEnabled, state, supports }) =>
      id !== model.id &&
      isEnabled &&
      state === 'available' &&
      supports.sourceVideo === model.supports.sourceVideo,
  )
  const successor = usable.find(({ id }) => id === model.replacementId)
  return successor ?? usable.find(({ isDemo }) => !isDemo) ?? usable[0]
}

/** "Retires on 3 March 2027." for a model that is being retired, else null. */
export function leavingMessage({ state, stateSince }: Pick<ModelView, 'state' | 'stateSince'>) {
  if (state !== 'deprecated') return null
  return stateSince
    ? message('composer.leavesOn', { date: { date: stateSince } })
    : message('composer.leavesSoon')
}
