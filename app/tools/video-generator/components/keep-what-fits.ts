import type { ModelView } from '#lib/contract/model-view'
import { initialValues, type ComposerValues } from './composer-values.ts'
import { fittingPictures } from './inputs/picture.ts'

/** The form for a model: of what was chosen, what fits stays; the rest takes the nearest or the model's default. */
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

function nearestStep(seconds: number, { min, max, step }: ModelView['supports']['duration']) {
  const steps = Math.round((Math.min(max, Math.max(min, seconds)) - min) / step)
  return min + Math.min(steps, Math.floor((max - min) / step)) * step
}
