import type { ModelView } from '#lib/contract/model-view'

/** The model to take instead of another: its successor where that can be used, else the first of its kind; the demo last. */
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
