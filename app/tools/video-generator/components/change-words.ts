import { fitsDuration } from '#lib/contract/choose-route'
import type { ModelView } from '#lib/contract/model-view'
import type { ComposerValues } from './composer-values.ts'
import { unusedWords } from './unused-words.ts'

interface FormStates {
  /** What stood in the form before the model came, or was chosen since. */
  before: Partial<ComposerValues>
  chosen: Partial<ComposerValues>
  /** What stands there now. */
  values: ComposerValues
}

/** What a model has made of the form, as sentences; empty where it took everything as it was. */
export function changeWords({ before, chosen, values }: FormStates, model: ModelView) {
  const { supports, label } = model
  const { aspectRatio: ratio, resolution, duration } = before
  const tell = (what: string, from: string, to: string, isPossible: boolean) => {
    if (from === to) return ''
    if (isPossible) return `${what} changed from ${from} to ${to}.`
    return `${label} has no ${from}; changed to ${to}.`
  }
  const { aspectRatios, resolutions } = supports
  const sentences = [
    ratio && tell('Format', ratio, values.aspectRatio, aspectRatios.includes(ratio)),
    resolution &&
      tell('Resolution', resolution, values.resolution, resolutions.includes(resolution)),
    duration !== undefined &&
      tell(
        'Duration',
        `${duration} s`,
        `${values.duration} s`,
        fitsDuration(duration, supports.duration),
      ),
    unusedWords(chosen, values, model),
  ]
  return sentences.filter(Boolean).join(' ')
}
