import type { GenerationSettings } from '#lib/contract/generate-video-request'
import { findModel } from '../ai/models/find-model.ts'

/** What a generation will cost by the catalogue, in dollars. */
export function estimatedUsd({ model, duration }: Pick<GenerationSettings, 'model' | 'duration'>) {
  const price = findModel(model)?.price
  return price ? price.perRunUsd + price.perSecondUsd * duration : 0
}
