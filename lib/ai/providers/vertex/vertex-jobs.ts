import { GenerateVideosOperation, type GoogleGenAI } from '@google/genai'
import { unreadableAnswer } from '../google/google-error.ts'
import type { Json, ProviderContext, ProviderRequest, StartResult } from '../provider.ts'
import { callGoogleSdk } from '../google/call-google-sdk.ts'
import { noCredentials as unsent, vertexLabel as label } from './vertex-error.ts'
import { readVertexOperation, vertexOperationSchema } from './vertex-operation.ts'
import { vertexRequest } from './vertex-request.ts'
import { vertexState } from './vertex-state.ts'

// Pictures go out, and a finished operation carries its video: tens of MB either way.
const timeoutMs = 120_000

/** The jobs of a project at Vertex AI. Throws `ProviderError` only. */
export function vertexJobs(ai: GoogleGenAI) {
  return {
    async start(request: ProviderRequest, context: ProviderContext): Promise<StartResult> {
      context.onStage?.('preparing')
      const { config, ...rest } = await vertexRequest(request)
      const call = { label, unsent, timeoutMs, isSubmit: true }
      const answer = await callGoogleSdk(call, context, (fetch) =>
        ai.models.generateVideos({ ...rest, config: { ...config, httpOptions: { fetch } } }),
      )
      const operation = vertexOperationSchema.safeParse(answer)
      if (!operation.success) throw unreadableAnswer(label, operation.error.message, true)
      return { operation: operation.data, reference: operation.data.name }
    },

    async look(known: Json, context: ProviderContext) {
      const operation = new GenerateVideosOperation()
      operation.name = readVertexOperation(known).name
      const call = { label, unsent, timeoutMs, mayHoldVideo: true }
      const answer = await callGoogleSdk(call, context, (fetch) =>
        ai.operations.getVideosOperation({ operation, config: { httpOptions: { fetch } } }),
      )
      return vertexState(answer)
    },

    /** Gets a token, as every call does before it calls `fetch`; here that sends nothing. */
    async authenticate(context: ProviderContext) {
      const offline = { ...context, fetch: async () => Response.json({}) }
      await callGoogleSdk({ label, unsent }, offline, (fetch) =>
        ai.models.get({ model: 'any', config: { httpOptions: { fetch } } }),
      )
    },
  }
}
