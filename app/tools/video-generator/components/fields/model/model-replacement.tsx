'use client'

import { Button } from '#components/ui/button'
import { formatDate } from '#components/ui/format.ts'
import type { ModelView } from '#lib/contract/model-view'

interface InsteadButtonProps {
  model: ModelView | undefined
  onChoose: (id: string) => void
}

/** Chooses a replacement with one click; hidden without one. */
export function InsteadButton({ model, onChoose }: InsteadButtonProps) {
  if (!model) return null
  const { id, label, isDemo } = model
  return (
    <Button size="small" onClick={() => onChoose(id)}>
      {`Use ${label} instead${isDemo ? ' (demo, no AI)' : ''}`}
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

/** "Leaves on 3 March 2027." for a model that is being retired, else null. */
export function leavingMessage({ state, stateSince }: Pick<ModelView, 'state' | 'stateSince'>) {
  if (state !== 'deprecated') return null
  return stateSince ? `Leaves on ${formatDate(stateSince)}.` : 'Leaves soon.'
}
