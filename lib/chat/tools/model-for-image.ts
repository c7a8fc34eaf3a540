import { type GenerateVideoInput, chatRatios } from '#lib/contract/chat-tools'
import { costOf, fitsDuration } from '#lib/contract/choose-route'
import type { ModelView } from '#lib/contract/model-view'
import { ToolProblem } from './tool-problem.ts'

/**
 * The model that begins a video with an image: the one that was named; else the usual one (that of the video before,
 * or the first there is); else the cheapest that takes a first frame, of those that can do the rest as well where
 * there are some. Throws `ToolProblem` that names models, where none does.
 */
export function modelForImage(
  models: readonly ModelView[],
  input: GenerateVideoInput,
  modelBefore: string | undefined,
): ModelView {
  const able = models.filter(({ supports, state }) => supports.firstFrame && state !== 'retired')
  const named = able.find(({ id }) => id === input.model)
  // One that is switched off says so itself.
  if (named) return named
  const usable = able.filter(({ isEnabled }) => isEnabled)
  if (input.model) {
    const label = models.find(({ id }) => id === input.model)?.label ?? input.model
    throw unable(`${label} does not begin with an image.`, usable.length > 0 ? usable : able)
  }
  if (usable.length === 0)
    throw unable('No model that is switched on here begins with an image.', able)
  const usualId = modelBefore ?? models.find(({ isEnabled }) => isEnabled)?.id
  const usual = usable.find(({ id }) => id === usualId)
  return usual ?? cheapest(usable, input)
}

function cheapest(models: readonly ModelView[], input: GenerateVideoInput) {
  const fitting = models.filter((model) => canDoTheRest(model, input))
  const rest = fitting.length > 0 ? fitting : models
  return rest.toSorted((a, b) => usdOf(a, input) - usdOf(b, input))[0]!
}

function canDoTheRest({ supports }: ModelView, input: GenerateVideoInput) {
  const { aspectRatio, resolution, seed } = input
  const seconds = input.seconds ?? input.nFrames
  return (
    (!aspectRatio || supports.aspectRatios.includes(chatRatios[aspectRatio])) &&
    (!resolution || supports.resolutions.includes(resolution)) &&
    (!seconds || fitsDuration(seconds, supports.duration)) &&
    (typeof seed !== 'number' || supports.seed)
  )
}

/** At the cheapest of its providers that takes a first frame. */
function usdOf({ routes, defaults }: ModelView, { seconds, nFrames }: GenerateVideoInput) {
  const length = seconds ?? nFrames ?? defaults.duration
  const prices = routes
    .filter(({ isEnabled, supports }) => isEnabled && supports.firstFrame)
    .map(({ price }) => costOf(price, length))
  return Math.min(...prices)
}

function unable(reason: string, models: readonly ModelView[]) {
  const labels = models.map(({ label }) => label).join(', ')
  return new ToolProblem(labels ? `${reason} Models that do: ${labels}.` : reason)
}
