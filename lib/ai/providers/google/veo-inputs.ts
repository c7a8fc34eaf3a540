import { inputRefused, inputUnread } from './google-error.ts'
import type { InputRole, ProviderInput } from '../provider.ts'

/** A picture as Google takes it in JSON. */
export interface VeoImage {
  base64: string
  contentType: string
}

export interface VeoInputs {
  firstFrame: VeoImage | undefined
  lastFrame: VeoImage | undefined
  references: VeoImage[]
}

/**
 * Reads the pictures of a request. Throws `ProviderError` with `no_job`: `invalid_input` for a
 * film, of which Veo is given none here.
 */
export async function readVeoInputs(
  label: string,
  inputs: readonly ProviderInput[],
): Promise<VeoInputs> {
  const film = inputs.find(({ role }) => role === 'source_video')
  if (film) throw inputRefused(label, film.role)
  const imagesOf = (role: InputRole) =>
    Promise.all(
      inputs.filter((input) => input.role === role).map((input) => readImage(label, input)),
    )
  const [[firstFrame], [lastFrame], references] = await Promise.all([
    imagesOf('first_frame'),
    imagesOf('last_frame'),
    imagesOf('reference'),
  ])
  return { firstFrame, lastFrame, references }
}

/** Reads one picture. Throws `ProviderError` with `no_job` where our storage does not give it. */
export async function readImage(label: string, input: ProviderInput): Promise<VeoImage> {
  const bytes = await input.read().catch((error: unknown) => {
    throw inputUnread(label, error)
  })
  return { base64: Buffer.from(bytes).toString('base64'), contentType: input.contentType }
}
