import type { ModelView } from '#lib/contract/model-view'
import { cannot } from './cannot.ts'
import { lengthFor, lengthWords } from './length-for.ts'
import { ToolProblem } from './tool-problem.ts'
import type { Wish } from './wish.ts'

/** Why no model that is switched on makes a wish, with those that would. */
export function nobodyCan(wish: Wish, models: readonly ModelView[]): ToolProblem {
  const known = models.filter(({ state }) => state !== 'retired')
  for (const [what, can] of demands(wish)) {
    const able = known.filter(can)
    if (able.every(({ isEnabled }) => !isEnabled))
      return cannot(`No model that is switched on here ${what}.`, able)
  }
  return new ToolProblem(
    'No model that is switched on here can do all of this at once. Change a part of it.',
  )
}

type Demand = [what: string, can: (model: ModelView) => boolean]

function* demands(wish: Wish): Generator<Demand> {
  const { aspectRatio, seconds, seed, next, inputs } = wish
  if (inputs.firstFrame !== null)
    yield ['begins with an image', ({ supports }) => supports.firstFrame]
  if (aspectRatio)
    yield [`makes ${aspectRatio}`, ({ supports }) => supports.aspectRatios.includes(aspectRatio)]
  if (seed !== null) yield ['takes a seed', ({ supports }) => supports.seed]
  if (next || seconds !== undefined)
    yield [`makes ${lengthWords(wish)}`, (model) => lengthFor(model, wish) !== undefined]
}
