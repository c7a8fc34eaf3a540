import { durationSteps, type ModelView } from '#lib/contract/model-view'
import { type ComposerValues, initialValues } from './composer-values.ts'
import { fittingPictures } from './pictures.ts'

/** The form for a model: chosen values that it supports, else the nearest one or the model's default. */
export function keepWhatFits(chosen: Partial<ComposerValues>, model: ModelView): ComposerValues {
  const { supports, defaults } = model
  const { pictures = [], sourceVideo = null } = chosen
  return {
    ...initialValues,
    ...defaults,
    ...chosen,
    model: model.id,
    aspectRatio: kept(chosen.aspectRatio, supports.aspectRatios, defaults.aspectRatio),
    resolution: kept(chosen.resolution, supports.resolutions, defaults.resolution),
    duration: nearestStep(chosen.duration ?? defaults.duration, supports.duration),
    pictures: fittingPictures(pictures, supports),
    sourceVideo: supports.sourceVideo === 'required' ? sourceVideo : null,
  }
}

function kept<T>(value: T | undefined, offered: readonly T[], otherwise: T) {
  return value !== undefined && offered.includes(value) ? value : otherwise
}

/** The longer one where two are equally near. */
function nearestStep(seconds: number, durations: ModelView['supports']['duration']) {
  const distance = (step: number) => Math.abs(step - seconds)
  return durationSteps(durations).reduce((best, step) =>
    distance(step) <= distance(best) ? step : best,
  )
}
