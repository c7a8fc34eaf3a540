import { z } from 'zod'
import { notUnderstood } from '../failures.ts'
import { googleStatusSchema } from '../google/google-error.ts'
import { callGoogle } from '../google/google-wire.ts'
import { veoResult, withheldIn } from '../google/veo-result.ts'
import type { CheckResult, Json, ProviderContext } from '../provider.ts'
import { type GeminiSite, callOf, downloadUrl, geminiLabel as label } from './gemini-wire.ts'

const acceptedSchema = z.object({ name: z.string().min(1) })

const sampleSchema = z.object({ video: z.object({ uri: z.string().optional() }).optional() })
const responseSchema = z.looseObject({ generatedSamples: z.array(sampleSchema).optional() })
const operationSchema = z.object({
  done: z.boolean().optional(),
  error: googleStatusSchema.optional(),
  response: z.object({ generateVideoResponse: responseSchema.optional() }).optional(),
})

/**
 * Veo as the Gemini API spoke it until October 2026 and compatible servers still do. Throws `ProviderError` only.
 */
export function veoDialect(site: GeminiSite) {
  return {
    /** Makes the paid job, and answers its name. */
    async submit(model: string, json: Json, context: ProviderContext) {
      const path = `v1beta/models/${encodeURIComponent(model)}:predictLongRunning`
      const call = { method: 'POST', json, purpose: 'submit', timeoutMs: 120_000 } as const
      const answer = await callGoogle(callOf(site, path, call), context)
      const accepted = acceptedSchema.safeParse(answer)
      if (!accepted.success) throw notUnderstood(label, JSON.stringify(answer), true)
      return accepted.data.name
    },

    async check(name: string, context: ProviderContext): Promise<CheckResult> {
      const answer = await callGoogle(callOf(site, `v1beta/${name}`), context)
      const operation = operationSchema.safeParse(answer)
      if (!operation.success) throw notUnderstood(label, operation.error.message)
      const { done = false, error, response } = operation.data
      const made = response?.generateVideoResponse
      const uri = made?.generatedSamples?.find(({ video }) => video?.uri)?.video?.uri
      return veoResult(label, {
        done,
        error,
        output: uri ? { kind: 'url', url: downloadUrl(site, uri) } : undefined,
        withheld: withheldIn(made),
      })
    },
  }
}
