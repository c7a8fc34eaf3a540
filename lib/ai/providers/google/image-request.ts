import { z } from 'zod'
import type { ProviderRequest } from '../provider.ts'
import { inputRefused } from './google-error.ts'
import { readImage } from './veo-request.ts'

/** The body of a `generateContent`. */
export const imageBodySchema = z.object({
  contents: z.array(z.json()),
  generationConfig: z.record(z.string(), z.json()),
})

/** Whether a model of Google's makes images by `generateContent`: `gemini-2.5-flash-image`, `gemini-3-pro-image`... */
export function makesImages(model: string) {
  return /^gemini-.+-image(?:-|$)/.test(model)
}

/**
 * The body of a `generateContent` that makes one image, after reference pictures where there are any. Only Vertex takes
 * what the bytes are to be, and the models of 2.5 take no size.
 */
export async function imageBody(
  label: string,
  request: ProviderRequest,
  { takesFormat }: { takesFormat: boolean },
) {
  const other = request.inputs.find(({ role }) => role !== 'reference')
  if (other) throw inputRefused(label, other.role)
  const { model, prompt, aspectRatio, resolution, imageFormat = 'png', inputs } = request
  const pictures = await Promise.all(inputs.map((input) => readImage(label, input)))
  const parts = [
    ...pictures.map(({ base64, contentType }) => ({
      inlineData: { mimeType: contentType, data: base64 },
    })),
    { text: prompt },
  ]
  const imageConfig = {
    aspectRatio,
    ...(!model.startsWith('gemini-2.5') && { imageSize: resolution }),
    ...(takesFormat && { imageOutputOptions: { mimeType: `image/${imageFormat}` } }),
  }
  return {
    contents: [{ role: 'user', parts }],
    generationConfig: { responseModalities: ['TEXT', 'IMAGE'], imageConfig },
  }
}
