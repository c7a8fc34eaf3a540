import type { MediaNode } from '#lib/contract/canvas/canvas'
import { noInputs } from '#lib/contract/generation-inputs'
import type { ComposerValues } from '../../../tools/studio/form/composer-values.ts'
import { chosenFrom } from '../../../tools/studio/form/pictures/inputs.ts'

/** The settings of a node as the composer shows them. */
export function valuesOf({ inputs, ...settings }: MediaNode['settings']): Partial<ComposerValues> {
  const { seed, negativePrompt, maxUsd, width, height, ...same } = settings
  return {
    ...(same as Partial<ComposerValues>),
    ...chosenFrom({ ...noInputs, ...Object(inputs) }),
    seed: typed(seed),
    negativePrompt: typed(negativePrompt),
    maxUsd: typed(maxUsd),
    width: typed(width),
    height: typed(height),
  }
}

function typed(value: unknown) {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : ''
}
