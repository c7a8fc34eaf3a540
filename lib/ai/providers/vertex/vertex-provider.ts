import { message } from '#lib/messages/message'
import { z } from 'zod'
import { notUnderstood } from '../failures.ts'
import { googleStatusSchema, videoNotThere } from '../google/google-error.ts'
import { callGoogle, fetchVideo, lookPastVideo } from '../google/google-wire.ts'
import type { JsonPath } from '../google/json-scanner.ts'
import { withImages } from '../google/with-images.ts'
import { veoBody, veoBodySchema } from '../google/veo-request.ts'
import { type VeoOperation, veoResult, withheldIn } from '../google/veo-result.ts'
import { isLoopback } from '../http-call.ts'
import type { Json, Provider, ProviderContext } from '../provider.ts'
import { readOperation, readPrepared } from '../stored-json.ts'
import { type VertexSigner, signIn, usualSigner, vertexLabel as label } from './vertex-sign-in.ts'

export interface VertexProviderOptions {
  /** The project of Google Cloud that pays. */
  project: string
  /** `us-central1`, `global`... */
  location: string
  /** Where the API is, if not at Google's own address for the location. */
  baseUrl?: string
  /** Where the answers that bring images are kept. */
  answersDirectory: string
  /** What signs the calls, if not the Application Default Credentials of the environment. */
  signer?: VertexSigner
}

/**
 * Veo and images on Vertex AI (the Gemini Enterprise Agent Platform). Videos are polled; there are no webhooks and no
 * cancel. The finished video comes inside the answer, as an image does in that of its submit. Credentials are those of the environment (`GOOGLE_APPLICATION_CREDENTIALS`);
 * their token is got with a `fetch` of Google's library, all else goes through the one of the context.
 */
export function createVertexProvider(options: VertexProviderOptions): Provider {
  const { signer = usualSigner(options.baseUrl) } = options
  return withImages(vertexVideos(options, signer), {
    directory: options.answersDirectory,
    takesFormat: true,
    callOf: vertexCalls(options, signer).contentCall,
  })
}

function vertexVideos(options: VertexProviderOptions, signer: VertexSigner): Provider {
  const { submitCall, lookCall } = vertexCalls(options, signer)
  return {
    id: 'vertex',
    label,
    consoleUrl: 'https://console.cloud.google.com/vertex-ai',
    isOnThisMachine: isLoopback(options.baseUrl),

    async prepare(request, context) {
      await signIn(signer, context.signal)
      const { instances, parameters } = await veoBody(label, request)
      const { model, generateAudio } = request
      return { model, body: { instances, parameters: { ...parameters, generateAudio } } }
    },

    async submit(prepared, _idempotencyKey, context) {
      const { model, body } = readPrepared(label, preparedSchema, prepared)
      const answer = await callGoogle(await submitCall(model, body, context), context)
      const operation = operationSchema.safeParse(answer)
      if (!operation.success) throw notUnderstood(label, operation.error.message, true)
      return { operation: operation.data, providerJobId: operation.data.name }
    },

    async check(operation, context) {
      const call = await lookCall(operation, context)
      const isEnough = (soFar: unknown) => veoResult(label, stateOf(soFar)).status === 'completed'
      return veoResult(label, stateOf(await lookPastVideo(call, isVideo, isEnough, context)))
    },

    async fetch(operation, path, context) {
      const call = await lookCall(operation, context)
      const result = veoResult(label, stateOf(await fetchVideo(call, isVideo, path, context)))
      if (result.status === 'failed') throw result.error
      if (result.status === 'pending') throw videoNotThere(label)
    },

    async health({ signal }) {
      try {
        await signIn(signer, signal)
        return { state: 'ok' }
      } catch {
        return { state: 'down', message: noTokenMessage }
      }
    },
  }
}

/** The calls of the API, signed. */
function vertexCalls({ project, location, baseUrl }: VertexProviderOptions, signer: VertexSigner) {
  const site = `${(baseUrl ?? googleSite(location)).replace(/\/+$/, '')}/v1beta1`
  const models = `projects/${project}/locations/${location}/publishers/google/models`

  async function post(path: string, json: unknown, { signal }: ProviderContext) {
    const headers = await signIn(signer, signal)
    const url = `${site}/${path}`
    return { label, url, method: 'POST', headers, json, timeoutMs: 120_000 } as const
  }

  return {
    async submitCall(model: string, body: Json, context: ProviderContext) {
      const path = `${models}/${encodeURIComponent(model)}:predictLongRunning`
      return { ...(await post(path, body, context)), purpose: 'submit' } as const
    },

    contentCall: (model: string, body: Json, context: ProviderContext) =>
      post(`${models}/${encodeURIComponent(model)}:generateContent`, body, context),
    async lookCall(operation: Json, context: ProviderContext) {
      const { name } = readOperation(label, operationSchema, operation)
      const [model] = name.split('/operations/')
      return post(`${model}:fetchPredictOperation`, { operationName: name }, context)
    },
  }
}

const noTokenMessage = message('provider.noToken', {
  provider: label,
  variable: 'GOOGLE_APPLICATION_CREDENTIALS',
})

/** `us` and `eu` have addresses of another form than single regions. */
function googleSite(location: string) {
  if (location === 'global') return 'https://aiplatform.googleapis.com'
  if (location === 'us' || location === 'eu')
    return `https://aiplatform.${location}.rep.googleapis.com`
  return `https://${location}-aiplatform.googleapis.com`
}

const preparedSchema = z.object({ model: z.string(), body: veoBodySchema })

/** `projects/p/locations/l/publishers/google/models/m/operations/id`: the name is all it takes to look at a job. */
const operationSchema = z.object({ name: z.string().includes('/operations/') })

function isVideo(path: JsonPath) {
  const [response, videos, , field] = path
  const isField = field === 'bytesBase64Encoded' && path.length === 4
  return isField && response === 'response' && videos === 'videos'
}

const videosSchema = z.array(z.object({ bytesBase64Encoded: z.string().optional() })).catch([])
const stateSchema = z.object({
  done: z.boolean().catch(false),
  error: googleStatusSchema.nullish().catch({}),
  response: z.looseObject({ videos: videosSchema }).nullish().catch(undefined),
})

/** An operation as it is answered, its video marked. */
function stateOf(answer: unknown): VeoOperation {
  const { done, error, response } = stateSchema.parse(answer)
  const hasVideo = response?.videos.some((one) => one.bytesBase64Encoded) ?? false
  return {
    done,
    error: error ?? undefined,
    output: hasVideo ? { kind: 'fetch' } : undefined,
    withheld: withheldIn(response),
  }
}
