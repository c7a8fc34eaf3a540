import type { ModelView } from '#lib/contract/model-view'
import { cannot } from './cannot.ts'
import { type Fit, fit } from './fit.ts'
import { lengthWords } from './length-for.ts'
import type { Wish } from './wish.ts'

/**
 * How the model the user named makes a wish; what it cannot do is for the start to refuse, in its own words. Undefined
 * where there is no such model. Throws `ToolProblem` where another model has to be named.
 */
export function namedFit(models: readonly ModelView[], name: string, wish: Wish): Fit | undefined {
  const model =
    models.find(({ id }) => id === name) ??
    models.find(({ label }) => label.toLowerCase() === name.toLowerCase())
  if (!model) return undefined
  const { label, supports } = model
  if (wish.inputs.firstFrame && !supports.firstFrame)
    throw cannot(`${label} does not begin with an image.`, othersWith(models, takesImage))
  const found = fit(model, wish)
  if (found) return found
  const canDo = (other: ModelView) => fit(other, wish) !== undefined
  throw cannot(`${label} does not make ${lengthWords(wish)}.`, othersWith(models, canDo))
}

function takesImage({ supports }: ModelView) {
  return supports.firstFrame
}

/** Those that can, by what is switched on where anything is. */
function othersWith(models: readonly ModelView[], can: (model: ModelView) => boolean) {
  const able = models.filter((model) => model.state !== 'retired' && can(model))
  const usable = able.filter(({ isEnabled }) => isEnabled)
  return usable.length > 0 ? usable : able
}
