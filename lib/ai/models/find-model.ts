import { catalogue } from './catalogue.ts'
import type { Model, Route } from './model.ts'

/** The model of an id, or undefined. Models once used stay findable after they are retired. */
export function findModel(id: string): Model | undefined {
  return catalogue.find((model) => model.id === id)
}

/** A provider's way of making a model, or undefined. */
export function findRoute(modelId: string, provider: string): Route | undefined {
  return findModel(modelId)?.routes.find((route) => route.provider === provider)
}
