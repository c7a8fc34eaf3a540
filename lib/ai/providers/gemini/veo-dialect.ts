import { z } from 'zod'
import { googleStatusSchema, readGoogleAnswer, unreadableAnswer } from '../google/google-error.ts'
import type { ProviderContext, ProviderRequest } from '../provider.ts'
import { type JsonCall, requestJson } from '../request-json.ts'
import { type VeoImage, readVeoInputs } from '../google/veo-inputs.ts'
import { type VeoOperation, withheldIn } from '../google/veo-result.ts'
import { geminiLabel as label } from './gemini-error.ts'
import { type GeminiSite, downloadUrl, keyHeader } from './gemini-site.ts'

const acceptedSchema = z.object({ name: z.string().min(1) })

const sampleSchema = z.object({ video: z.object({ uri: z.string().optional() }).optional() })
const responseSchema = z.looseObject({ generatedSamples: z.array(sampleSchema).optional() })
const operationSchema = z.object({
  done: z.boolean().optional(),
  error: googleStatusSchema.optional(),
  response: z.object({ generateVideoResponse: responseSchema.optional() }).optional(),
})

/**
 * Veo as the Gemini API spoke it until October 2026 and compatible servers still do. The SDK no
 * longer sends it with a key, so it is sent from here. Throws `ProviderError` only.
 */
export function veoDialect(site: GeminiSite) {
  async function ask(path: string, call: JsonCall, context: ProviderContext) {
    const url = `${site.baseUrl}/v1beta/${path}`
    const answer = await requestJson(label, url, { ...call, headers: keyHeader(site) }, context)
    return readGoogleAnswer(label, answer, call.isSubmit ?? false)
  }

  return {
    async start(request: ProviderRequest, context: ProviderContext) {
      const path = `models/${encodeURIComponent(request.model)}:predictLongRunning`
      const json = await bodyOf(request)
      const call = { method: 'POST', json, isSubmit: true, timeoutMs: 120_000 } as const
      const answer = await ask(path, call, context)
      const accepted = acceptedSchema.safeParse(answer)
      if (!accepted.success) throw unreadableAnswer(label, JSON.stringify(answer), true)
      const { name } = accepted.data
      return { operation: { dialect: 'veo' as const, name }, reference: name }
    },

    async look(name: string, context: ProviderContext): Promise<VeoOperation> {
      const answer = operationSchema.safeParse(await ask(name, {}, context))
      if (!answer.success) throw unreadableAnswer(label, answer.error.message, false)
      const { done = false, error, response } = answer.data
      const made = response?.generateVideoResponse
      const uri = made?.generatedSamples?.find(({ video }) => video?.uri)?.video?.uri
      return {
        done,
        error,
        output: uri ? { kind: 'url', url: downloadUrl(site, uri) } : undefined,
        withheld: withheldIn(made),
      }
    },
  }
}

async function bodyOf(request: ProviderRequest) {
  const { firstFrame, lastFrame, references } = await readVeoInputs(label, request.inputs)
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

function imageOf({ base64, contentType }: VeoImage) {
  return { bytesBase64Encoded: base64, mimeType: contentType }
}
