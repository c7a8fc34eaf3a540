import { type GenerationInputs, noInputs } from '#lib/contract/generation-inputs'
import type { KeptSettings } from '#lib/contract/generation'

/** Whether a new video begins with the last frame of its source, and is joined to it. */
export function isFromLastFrame({ work }: Pick<KeptSettings, 'work'>) {
  return work?.operation === 'extend' && work.way === 'last_frame'
}

/** What a provider has to take of the inputs of a generation: of a source that it goes on from, its last frame. */
export function routeInputs(settings: Pick<KeptSettings, 'inputs' | 'work'>): GenerationInputs {
  const inputs = settings.inputs ?? noInputs
  const [source = null] = inputs.sources ?? []
  return isFromLastFrame(settings) ? { ...noInputs, firstFrame: source } : inputs
}
