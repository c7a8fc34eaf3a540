import { type AspectRatio, durationSteps, type ModelView } from '#lib/contract/model-view'
import { type ComposerValues, initialValues } from './composer-values.ts'
import { fittingPictures } from './pictures/pictures.ts'

/** The form for a model: chosen values that it supports, else the nearest one or the model's default. */
export function keepWhatFits(chosen: Partial<ComposerValues>, model: ModelView): ComposerValues {
  const { supports, defaults } = model
  const { pictures = [], sourceVideo = null } = chosen
  return {
    ...initialValues,
    ...defaults,
    ...chosen,
    model: model.id,
    aspectRatio: kept(chosen.aspectRatio, ratiosOf(supports), defaults.aspectRatio),
    resolution: kept(chosen.resolution, supports.resolutions, defaults.resolution),
    imageFormat: kept(chosen.imageFormat, supports.imageFormats, supports.imageFormats[0] ?? 'png'),
    duration: nearestStep(chosen.duration ?? defaults.duration, supports.duration),
    pictures: fittingPictures(pictures, supports),
    sourceVideo: supports.sourceVideo === 'required' ? sourceVideo : null,
  }
}

/** The chosen model; where none is chosen, the first that is on and takes the pictures of the form. */
export function modelFor(
  models: readonly ModelView[],
  { model: id, pictures = [] }: Partial<ComposerValues>,
) {
  const named = models.find((model) => model.id === id)
  const enabled = models.filter(({ isEnabled }) => isEnabled)
  const takesAll = ({ supports }: ModelView) =>
    fittingPictures(pictures, supports).length === pictures.length
  return named ?? enabled.find(takesAll) ?? enabled[0] ?? models[0]
}

/** The formats of a model, width and height in pixels among them where it takes them. */
export function ratiosOf({ aspectRatios, customSize }: ModelView['supports']): AspectRatio[] {
  return customSize ? [...aspectRatios, 'custom'] : aspectRatios
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
