import { GoogleGenAI } from '@google/genai'
import { z } from 'zod'
import { unreadableAnswer } from '../google/google-error.ts'
import type { ProviderError } from '../provider-error.ts'
import type { ProviderContext, ProviderRequest } from '../provider.ts'
import { callGoogleSdk } from '../google/call-google-sdk.ts'
import { geminiLabel as label, requestRefused as unsent } from './gemini-error.ts'
import type { GeminiSite } from './gemini-site.ts'
import { omniRequest } from './omni-request.ts'

const acceptedSchema = z.object({ id: z.string().min(1) })

// Interactions that the SDK repeats by itself are paid for twice.
const once = { retries: { strategy: 'none' as const } }

const freeEnds: ReadonlySet<string> = new Set(['cancelled', 'failed'])

// Pictures go out, and a small video may come in, inside the JSON.
const timeoutMs = 120_000

/** Gemini Omni: the Interactions API, through the official SDK. Throws `ProviderError` only. */
export function omniDialect(site: GeminiSite) {
  const interactionsOver = (fetch: typeof globalThis.fetch) =>
    new GoogleGenAI({
      apiKey: site.apiKey,
      vertexai: false,
      httpOptions: { baseUrl: site.baseUrl, fetch },
    }).interactions

  const look = (id: string, context: ProviderContext) =>
    callGoogleSdk({ label, unsent, timeoutMs, mayHoldVideo: true }, context, (fetch) =>
      interactionsOver(fetch).get(id, {}, once),
    )

  return {
    look,

    async start(request: ProviderRequest, context: ProviderContext) {
      const body = await omniRequest(request)
      const call = { label, unsent, timeoutMs, isSubmit: true }
      const answer = await callGoogleSdk(call, context, (fetch) =>
        interactionsOver(fetch).create(body, once),
      )
      const accepted = acceptedSchema.safeParse(answer)
      if (!accepted.success) throw unreadableAnswer(label, accepted.error.message, true)
      const { id } = accepted.data
      return { operation: { dialect: 'interactions' as const, id }, reference: id }
    },

    /** Stops an interaction; one that is not known or came to nothing counts as stopped. Throws where it is billed. */
    async cancel(id: string, context: ProviderContext) {
      await callGoogleSdk({ label, unsent }, context, (fetch) =>
        interactionsOver(fetch).cancel(id, {}, once),
      ).catch(async (error: ProviderError) => {
        if (error.code === 'not_found_or_expired') return
        const hasEnded = error.code === 'invalid_input'
        if (!hasEnded || !freeEnds.has((await look(id, context)).status)) throw error
      })
    },
  }
}
