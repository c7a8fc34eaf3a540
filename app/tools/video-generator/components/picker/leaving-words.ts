import type { ModelView } from '#lib/contract/model-view'
import { dateWords } from './date-words.ts'

/** "Leaves on 3 March 2027." for a model that is going; null for one that stays, or is gone. */
export function leavingWords({ state, stateSince }: Pick<ModelView, 'state' | 'stateSince'>) {
  if (state !== 'deprecated') return null
  return stateSince ? `Leaves on ${dateWords(stateSince)}.` : 'Leaves soon.'
}
