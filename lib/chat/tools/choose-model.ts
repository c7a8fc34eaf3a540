import { type ModelView, type Resolution, allSizes } from '#lib/contract/model-view'
import { searchable } from '#lib/contract/text/searchable'
import { type MessageRef, message } from '#lib/messages/message'
import type { VideoRow } from '../core.ts'
import {
  type ModelMatch,
  type Requirements,
  lengthFor,
  lengthAsked,
  matchModel,
} from './model-match.ts'
import { ToolProblem } from './tool-context.ts'

type Candidate = ModelMatch & { usd: number }

/**
 * The model for a call that names none: that of the video before, where it can; else the cheapest that is enabled and
 * meets the requirements, or comes nearest. The demo renderer is the last resort, and never replaces another model.
 * Throws `ToolProblem` where no model can.
 */
export function chooseModel(
  models: readonly ModelView[],
  required: Requirements,
  before: Pick<VideoRow, 'model' | 'modelLabel' | 'isDemo'> | undefined,
): ModelMatch {
  const asked = before && !before.isDemo ? models.filter(({ isDemo }) => !isDemo) : models
  const able = asked
    .filter(({ isEnabled, state }) => isEnabled && state !== 'retired')
    .flatMap((model) => matchModel(model, required) ?? [])
    .filter((one): one is Candidate => one.usd !== null)
  const kept = able.find(({ model }) => model.id === before?.model)
  if (kept) return kept
  const [best] = able.toSorted((a, b) => rank(a, b, required))
  if (!best) throw noModelCan(required, asked)
  if (!before) return best
  return { ...best, insteadOf: { ...best.insteadOf, model: before.modelLabel } }
}

function rank(a: Candidate, b: Candidate, required: Requirements) {
  return (
    Number(a.model.isDemo) - Number(b.model.isDemo) ||
    losses(a) - losses(b) ||
    secondsOff(a, required) - secondsOff(b, required) ||
    a.usd - b.usd
  )
}

/** How many requirements are not met. The length counts by its seconds, and more pixels than required are no loss. */
function losses({ settings, insteadOf: { seconds: _, resolution, ...others } }: ModelMatch) {
  const isSmaller = resolution && rankOf(settings.resolution) < rankOf(resolution)
  return Object.keys(others).length + Number(!!isSmaller)
}

function rankOf(resolution: Resolution) {
  return allSizes.indexOf(resolution)
}

function secondsOff({ settings: { duration } }: ModelMatch, { seconds, next }: Requirements) {
  return Math.abs(duration - (seconds ?? next?.than ?? duration))
}

/**
 * How the model the user named meets the requirements; what it cannot do is for the start to refuse, in its own words.
 * Undefined where there is no such model. Throws `ToolProblem` where another model has to be named.
 */
export function namedModel(
  models: readonly ModelView[],
  name: string,
  required: Requirements,
): ModelMatch | undefined {
  const model =
    models.find(({ id }) => id === name) ??
    models.find(({ label }) => searchable(label) === searchable(name))
  if (!model) return undefined
  const { label, supports } = model
  if (required.inputs.firstFrame && !supports.firstFrame)
    throw cannot(
      message('chat.problem.modelFirstFrame', { model: label }),
      othersWith(models, takesImage),
    )
  const found = matchModel(model, required)
  if (found) return found
  const canDo = (other: ModelView) => matchModel(other, required) !== undefined
  const { name: kind, length } = lengthAsked(required)
  const refusal = message(`chat.problem.model${kind}`, { model: label, length })
  throw cannot(refusal, othersWith(models, canDo))
}

function takesImage({ supports }: ModelView) {
  return supports.firstFrame
}

/** The models that can, by what is enabled where anything is. */
function othersWith(models: readonly ModelView[], can: (model: ModelView) => boolean) {
  const able = models.filter((model) => model.state !== 'retired' && can(model))
  const usable = able.filter(({ isEnabled }) => isEnabled)
  return usable.length > 0 ? usable : able
}

/** Why no enabled model meets the requirements, with those that would. */
function noModelCan(required: Requirements, models: readonly ModelView[]): ToolProblem {
  const known = models.filter(({ state }) => state !== 'retired')
  for (const [refusal, can] of demands(required)) {
    const able = known.filter(can)
    if (able.every(({ isEnabled }) => !isEnabled)) return cannot(refusal, able)
  }
  return new ToolProblem(message('chat.problem.noneAtOnce'))
}

type Demand = [refusal: MessageRef, can: (model: ModelView) => boolean]

function* demands(required: Requirements): Generator<Demand> {
  const { aspectRatio, seconds, seed, next, inputs } = required
  if (inputs.firstFrame !== null) yield [message('chat.problem.noneFirstFrame'), takesImage]
  if (aspectRatio)
    yield [
      message('chat.problem.noneRatio', { ratio: aspectRatio }),
      ({ supports }) => supports.aspectRatios.includes(aspectRatio),
    ]
  if (seed !== null) yield [message('chat.problem.noneSeed'), ({ supports }) => supports.seed]
  if (!next && seconds === undefined) return
  const { name, length } = lengthAsked(required)
  yield [
    message(`chat.problem.none${name}`, { length }),
    (model) => lengthFor(model, required) !== undefined,
  ]
}

/** Why something is not made, with the models that would. */
function cannot(reason: MessageRef, able: readonly ModelView[]): ToolProblem {
  if (able.length === 0) return new ToolProblem(reason)
  const isOn = able.some(({ isEnabled }) => isEnabled)
  const models = { list: able.map(({ label }) => label) }
  const others = message(isOn ? 'chat.problem.others' : 'chat.problem.othersOff', { models })
  return new ToolProblem(message('chat.sentences', { sentences: { sentences: [reason, others] } }))
}
