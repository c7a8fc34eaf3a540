import { googleModels } from './google-models.ts'
import { kieModels } from './kie-models.ts'
import { localModels } from './local-models.ts'
import type { Model } from './model.ts'
import { superDuperAiModels } from './superduperai-models.ts'

/**
 * Every model there is, in the order they are offered. All that is known of a model stands in these files and nowhere
 * else. Prices are those published in autumn 2026; what was charged is read from the provider wherever it tells.
 */
export const catalogue: readonly Model[] = [
  ...googleModels,
  ...kieModels,
  ...superDuperAiModels,
  ...localModels,
]
