import type { ModelView } from '#lib/contract/model-view'

export interface ModelGroup {
  title: string
  models: ModelView[]
}

/** The models as they are listed: those to use now, those that are out for a while or need a key, those that are gone. */
export function modelGroups(models: readonly ModelView[]) {
  const current = models.filter(({ state }) => state !== 'retired')
  const off = current.filter(({ isEnabled }) => !isEnabled)
  const groups: ModelGroup[] = [
    { title: 'Ready to use', models: current.filter(({ isEnabled }) => isEnabled) },
    { title: 'Not available right now', models: off.filter((model) => !needsKey(model)) },
    { title: 'Needs a key', models: off.filter(needsKey) },
  ]
  return {
    choosable: groups.filter((group) => group.models.length > 0),
    retired: models.filter(({ state }) => state === 'retired'),
  }
}

/** Whether what turns it on is a variable of the environment, as `KIE_API_KEY`, and not time or money. */
function needsKey({ unavailableReason }: ModelView) {
  return /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/.test(unavailableReason ?? '')
}
