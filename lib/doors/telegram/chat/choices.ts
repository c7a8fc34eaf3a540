import type { Caller } from '#lib/contract/people/caller'
import { type AspectRatio, type ModelView, aspectRatios } from '#lib/contract/model-view'
import { costOf } from '#lib/contract/choose-route'
import { currentModels } from '../../../generations/models.ts'
import type { TelegramLink } from '../links.ts'
import type { TelegramVideo } from '../videos.ts'

// Few enough for buttons.
const modelsAtMost = 6

/** The models a chat can choose from, those with AI first, then the cheapest. */
export async function modelsFor(
  caller: Caller,
  { imageId }: Pick<TelegramVideo, 'imageId'>,
): Promise<ModelView[]> {
  const models = await currentModels(new Date(), caller)
  return models
    .filter(
      ({ isEnabled, state, supports }) =>
        isEnabled &&
        state !== 'retired' &&
        supports.sourceVideo === 'no' &&
        (imageId === null || supports.firstFrame),
    )
    .toSorted((a, b) => Number(a.isDemo) - Number(b.isDemo) || usualUsd(a) - usualUsd(b))
}

/** Those that are shown: the chosen one is always there. */
export function shownModels(models: readonly ModelView[], chosen: string | null) {
  const first = models.slice(0, modelsAtMost)
  const own = models.find(({ id }) => id === chosen)
  return own && !first.includes(own) ? [...first.slice(0, -1), own] : first
}

/** Dollars at the model's own settings. */
export function usualUsd({ price, defaults }: ModelView) {
  return costOf(price, defaults.duration, defaults.resolution)
}

/** The model and format of a new video: what the chat has chosen, where that can be made, else the cheapest and its own. */
export function firstChoice(
  models: readonly ModelView[],
  { settings }: Pick<TelegramLink, 'settings'>,
  picture?: { width: number; height: number },
): { model: string | null; aspectRatio: AspectRatio | null } {
  const model = models.find(({ id }) => id === settings.model) ?? models[0]
  if (!model) return { model: null, aspectRatio: null }
  const wanted = picture
    ? ratioOf(picture)
    : aspectRatios.find((one) => one === settings.aspectRatio)
  return { model: model.id, aspectRatio: fitting(model, wanted) }
}

/** A format that a model makes: the wanted one, where it does. */
export function fitting({ supports, defaults }: ModelView, wanted: AspectRatio | null | undefined) {
  return wanted && supports.aspectRatios.includes(wanted) ? wanted : defaults.aspectRatio
}

/** The format nearest to a picture's. */
function ratioOf({ width, height }: { width: number; height: number }): AspectRatio {
  const ratio = width / height
  if (ratio > 4 / 3) return '16:9'
  return ratio < 3 / 4 ? '9:16' : '1:1'
}
