import type { ModelView } from '#lib/contract/model-view'
import { catalogue } from './catalogue.ts'

/**
 * The catalogue as users see it. `reasonOff` says, for a provider that is switched off, what turns it on, and
 * null for one that is on.
 */
export function modelViews(reasonOff: (provider: string) => string | null): ModelView[] {
  return catalogue.map(({ route, ...model }) => {
    const unavailableReason = reasonOff(route.provider)
    return { ...model, isEnabled: unavailableReason === null, unavailableReason }
  })
}
