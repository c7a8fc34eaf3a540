import { catalogue } from './catalogue.ts'
import type { Model } from './model.ts'

/** The model of an id, or undefined. Models once used stay findable after they are retired. */
export function findModel(id: string): Model | undefined {
  return catalogue.find((model) => model.id === id)
}
