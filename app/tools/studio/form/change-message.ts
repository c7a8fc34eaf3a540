import { type MessageRef, type MessageValue, message } from '#lib/messages/message'
import { fitsDuration } from '#lib/contract/choose-route'
import type { AspectRatio, ModelView } from '#lib/contract/model-view'
import type { ComposerValues } from './composer-values.ts'
import { ratiosOf } from './keep-what-fits.ts'

interface FormStates {
  /** The form before the model was chosen, with what was set since. */
  before: Partial<ComposerValues>
  chosen: Partial<ComposerValues>
  /** The form now. */
  values: ComposerValues
}

interface Change {
  what: 'changedFormat' | 'changedResolution' | 'changedDuration'
  from: string | MessageRef
  to: string | MessageRef
  /** Whether the model lacks the old value, and does not only have another default. */
  isLacking: boolean
}

/** What choosing a model changed in the form; null if nothing changed. */
export function changeMessage(states: FormStates, model: ModelView): MessageRef | null {
  const changes = changesOf(states, model)
  const lacking = changes.filter(({ isLacking }) => isLacking)
  const sentences = [
    lacking.length > 0 &&
      message('composer.changedLacking', {
        model: model.label,
        from: { list: lacking.map((change) => change.from), link: 'or' },
        to: { list: lacking.map((change) => change.to) },
      }),
    ...changes
      .filter(({ isLacking }) => !isLacking)
      .map(({ what, from, to }) => message(`composer.${what}`, { from, to })),
    unusedMessage(states.chosen, states.values, model),
  ].filter((one) => one !== false && one !== null)
  return sentences.length > 0 ? message('composer.changes', { sentences: { sentences } }) : null
}

function changesOf({ before, values }: FormStates, { supports }: ModelView): Change[] {
  const { aspectRatio, resolution, duration } = before
  const changes: Change[] = []
  if (aspectRatio && aspectRatio !== values.aspectRatio) {
    const isLacking = !ratiosOf(supports).includes(aspectRatio)
    const [from, to] = [nameOf(aspectRatio), nameOf(values.aspectRatio)]
    changes.push({ what: 'changedFormat', from, to, isLacking })
  }
  if (resolution && resolution !== values.resolution) {
    const isLacking = !supports.resolutions.includes(resolution)
    changes.push({ what: 'changedResolution', from: resolution, to: values.resolution, isLacking })
  }
  if (duration !== undefined && duration !== values.duration) {
    const isLacking = !fitsDuration(duration, supports.duration)
    const [from, to] = [duration, values.duration].map((seconds) =>
      message('composer.length', { length: { seconds } satisfies MessageValue }),
    )
    changes.push({ what: 'changedDuration', from: from!, to: to!, isLacking })
  }
  return changes
}

function nameOf(ratio: AspectRatio) {
  return ratio === 'custom' ? message('images.custom') : ratio
}

/** What was filled in and the model does not support, kept for one that does. */
function unusedMessage(
  chosen: Partial<ComposerValues>,
  now: ComposerValues,
  { supports }: ModelView,
): MessageRef | null {
  const pictures = (chosen.pictures?.length ?? 0) - now.pictures.length
  const unused = [
    now.seed.trim() && !supports.seed && message('composer.unusedSeed'),
    now.negativePrompt.trim() &&
      !supports.negativePrompt &&
      message('composer.unusedNegativePrompt'),
    pictures > 0 && message('composer.unusedPictures', { count: pictures }),
    chosen.sourceVideo && !now.sourceVideo && message('composer.unusedVideo'),
  ].filter((one) => typeof one === 'object' && one !== null)
  return unused.length > 0 ? message('composer.unused', { what: { list: unused } }) : null
}
