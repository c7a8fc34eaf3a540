import type { Model, Route } from './model.ts'
import { editModel } from './edit-model.ts'
import { googleModels } from './google-models.ts'
import { imageModels } from './image-models.ts'
import { kieModels } from './kie-models.ts'
import { localModels } from './local-models.ts'
import { superDuperAiModels } from './superduperai-models.ts'
import { workModels } from './work-models.ts'

/**
 * Every model there is, in the order they are offered. All that is known about a model is in these files and nowhere
 * else. Prices are those published in autumn 2026; what was charged is read from the provider wherever it tells.
 */
export const catalogue: readonly Model[] = [
  ...googleModels,
  ...kieModels,
  ...imageModels,
  ...superDuperAiModels,
  ...localModels,
]

/** Those that are offered with finished videos only. */
const hidden: readonly Model[] = [editModel, ...workModels]

/** The model of an id, or undefined. Models once used stay findable after they are retired. */
export function findModel(id: string): Model | undefined {
  return hidden.find((model) => model.id === id) ?? catalogue.find((model) => model.id === id)
}

/** A provider's way of making a model, or undefined. */
export function findRoute(modelId: string, provider: string): Route | undefined {
  return findModel(modelId)?.routes.find((route) => route.provider === provider)
}
