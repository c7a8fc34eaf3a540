import { z } from 'zod'
import { inputUnreadable } from '../failures.ts'
import type { InputRole, ProviderInput, ProviderRequest } from '../provider.ts'
import { inputRefused } from './google-error.ts'

/** A picture as Google takes it in JSON. */
interface GoogleImage {
  base64: string
  contentType: string
}

/** The body of a `predictLongRunning`: one video, and no bucket. */
export const veoBodySchema = z.object({
  instances: z.array(z.json()),
  parameters: z.record(z.string(), z.json()),
})

/** Reads the pictures and writes the body. Throws `invalid_input` for a film, of which Veo is given none here. */
export async function veoBody(label: string, request: ProviderRequest) {
  const { firstFrame, lastFrame, references } = await readPictures(label, request.inputs)
  const instance = {
    prompt: request.prompt,
    ...(firstFrame && { image: imageOf(firstFrame) }),
    ...(lastFrame && { lastFrame: imageOf(lastFrame) }),
    ...(references.length > 0 && {
      referenceImages: references.map((one) => ({ image: imageOf(one), referenceType: 'asset' })),
    }),
  }
  const { durationSeconds, aspectRatio, resolution, seed, negativePrompt } = request
  const parameters = {
    sampleCount: 1,
    durationSeconds,
    aspectRatio,
    resolution,
    seed,
    personGeneration: 'allow_adult',
    ...(negativePrompt && { negativePrompt }),
  }
  return { instances: [instance], parameters }
}

function imageOf({ base64, contentType }: GoogleImage) {
  return { bytesBase64Encoded: base64, mimeType: contentType }
}

async function readPictures(label: string, inputs: readonly ProviderInput[]) {
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
export async function readImage(label: string, input: ProviderInput): Promise<GoogleImage> {
  const bytes = await input.read().catch((error: unknown) => {
    throw inputUnreadable(label, error)
  })
  return { base64: Buffer.from(bytes).toString('base64'), contentType: input.contentType }
}
