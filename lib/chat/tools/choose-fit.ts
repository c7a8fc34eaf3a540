import type { ModelView } from '#lib/contract/model-view'
import { type Resolution, resolutions } from '#lib/contract/video-format'
import type { FileRow } from '../../generations/row.ts'
import { type Fit, fit } from './fit.ts'
import { nobodyCan } from './nobody-can.ts'
import type { Wish } from './wish.ts'

type Candidate = Fit & { usd: number }

/**
 * How a wish is made where the user named no model: by the model of the video before, where it can; else by the
 * cheapest that is switched on and can do it as it is, or comes nearest. The demo renderer is the last resort, and
 * never takes over from another. Throws `ToolProblem` where nobody can.
 */
export function chooseFit(
  models: readonly ModelView[],
  wish: Wish,
  before: Pick<FileRow, 'model' | 'modelLabel' | 'isDemo'> | undefined,
): Fit {
  const asked = before && !before.isDemo ? models.filter(({ isDemo }) => !isDemo) : models
  const able = asked
    .filter(({ isEnabled, state }) => isEnabled && state !== 'retired')
    .flatMap((model) => fit(model, wish) ?? [])
    .filter((one): one is Candidate => one.usd !== null)
  const kept = able.find(({ model }) => model.id === before?.model)
  if (kept) return kept
  const [best] = able.toSorted((a, b) => rank(a, b, wish))
  if (!best) throw nobodyCan(wish, asked)
  if (!before) return best
  return { ...best, insteadOf: { ...best.insteadOf, model: before.modelLabel } }
}

function rank(a: Candidate, b: Candidate, wish: Wish) {
  return (
    Number(a.model.isDemo) - Number(b.model.isDemo) ||
    losses(a) - losses(b) ||
    secondsOff(a, wish) - secondsOff(b, wish) ||
    a.usd - b.usd
  )
}

/** How many wishes were lost. The length counts by its seconds, and more pixels than wished are no loss. */
function losses({ settings, insteadOf: { seconds: _, resolution, ...others } }: Fit) {
  const isSmaller = resolution && rankOf(settings.resolution) < rankOf(resolution)
  return Object.keys(others).length + Number(!!isSmaller)
}

function rankOf(resolution: Resolution) {
  return resolutions.indexOf(resolution)
}

function secondsOff({ settings: { duration } }: Fit, { seconds, next }: Wish) {
  return Math.abs(duration - (seconds ?? next?.than ?? duration))
}
