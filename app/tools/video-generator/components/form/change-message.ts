import { formatList } from '#components/ui/format.ts'
import { fitsDuration } from '#lib/contract/choose-route'
import type { ModelView } from '#lib/contract/model-view'
import type { ComposerValues } from './composer-values.ts'

interface FormStates {
  /** The form before the model was chosen, with what was set since. */
  before: Partial<ComposerValues>
  chosen: Partial<ComposerValues>
  /** The form now. */
  values: ComposerValues
}

interface Change {
  what: string
  from: string
  to: string
  /** Whether the model lacks the old value, and does not only have another default. */
  isLacking: boolean
}

/** What choosing a model changed in the form, as sentences; empty if nothing changed. */
export function changeMessage(states: FormStates, model: ModelView) {
  const changes = changesOf(states, model)
  const lacking = changes.filter(({ isLacking }) => isLacking)
  const from = formatList(
    lacking.map((change) => change.from),
    'or',
  )
  const to = formatList(lacking.map((change) => change.to))
  const sentences = [
    from && `${model.label} has no ${from}; changed to ${to}.`,
    ...changes
      .filter(({ isLacking }) => !isLacking)
      .map((change) => `${change.what} changed from ${change.from} to ${change.to}.`),
    unusedMessage(states.chosen, states.values, model),
  ]
  return sentences.filter(Boolean).join(' ')
}

function changesOf({ before, values }: FormStates, { supports }: ModelView): Change[] {
  const { aspectRatio, resolution, duration } = before
  const changes: Change[] = []
  const add = (what: string, from: string, to: string, isPossible: boolean) => {
    if (from !== to) changes.push({ what, from, to, isLacking: !isPossible })
  }
  if (aspectRatio)
    add('Format', aspectRatio, values.aspectRatio, supports.aspectRatios.includes(aspectRatio))
  if (resolution)
    add('Resolution', resolution, values.resolution, supports.resolutions.includes(resolution))
  if (duration !== undefined) {
    const isPossible = fitsDuration(duration, supports.duration)
    add('Duration', `${duration}\u00a0s`, `${values.duration}\u00a0s`, isPossible)
  }
  return changes
}

/** What was filled in and the model does not support, kept for one that does: "Kept, not used here: seed, 2 pictures." */
function unusedMessage(
  chosen: Partial<ComposerValues>,
  now: ComposerValues,
  { supports }: ModelView,
): string {
  const pictures = (chosen.pictures?.length ?? 0) - now.pictures.length
  const unused = [
    now.seed.trim() && !supports.seed && 'seed',
    now.negativePrompt.trim() && !supports.negativePrompt && 'negative prompt',
    pictures > 0 && (pictures === 1 ? '1 picture' : `${pictures} pictures`),
    chosen.sourceVideo && !now.sourceVideo && 'the video to make over',
  ].filter(Boolean)
  return unused.length > 0 ? `Kept, not used here: ${unused.join(', ')}.` : ''
}
