import { writeFile } from 'node:fs/promises'
import { GoogleGenAI, type GoogleGenAIOptions } from '@google/genai'
import type { Provider } from '../provider.ts'
import { isLoopback } from '../is-loopback.ts'
import { veoResult } from '../google/veo-result.ts'
import { vertexLabel, videoNotThere } from './vertex-error.ts'
import { vertexJobs } from './vertex-jobs.ts'

type GoogleAuthOptions = NonNullable<GoogleGenAIOptions['googleAuthOptions']>
type AuthClient = NonNullable<GoogleAuthOptions['authClient']>

export interface VertexProviderOptions {
  /** The project of Google Cloud that pays. */
  project: string
  /** `us-central1`, `global`... */
  location: string
  /** Where the API is, if not at Google's own address for the location. */
  baseUrl?: string
  /** Who signs the calls, if not the Application Default Credentials of the environment. */
  authClient?: AuthClient
}

// Where nobody asks for a token, none is looked for: not in the environment, not at the metadata
// server.
const emulatorClient = {
  getRequestHeaders: async () => new Headers({ authorization: 'Bearer emulator' }),
} as AuthClient

/**
 * Veo on Vertex AI (the Gemini Enterprise Agent Platform), through the official SDK. Jobs are
 * polled; there are no callbacks and no cancel. Credentials are those of the environment
 * (`GOOGLE_APPLICATION_CREDENTIALS`), and the SDK gets their token with a `fetch` of its own; all
 * else goes through the one of the context.
 */
export function createVertexProvider(options: VertexProviderOptions): Provider {
  const jobs = vertexJobs(clientOf(options))

  return {
    id: 'vertex',
    label: vertexLabel,
    consoleUrl: 'https://console.cloud.google.com/vertex-ai',
    isOnThisMachine: isLoopback(options.baseUrl),

    start: (request, context) => jobs.start(request, context),

    async check(operation, context) {
      return veoResult(vertexLabel, await jobs.look(operation, context))
    },

    async handOver(operation, path, context) {
      const state = await jobs.look(operation, context)
      const result = veoResult(vertexLabel, state)
      if (result.status === 'failed') throw result.error
      if (!state.video) throw videoNotThere()
      await writeFile(path, Buffer.from(state.video, 'base64'), { signal: context.signal })
    },

    async health(context) {
      try {
        await jobs.authenticate(context)
        return { state: 'ok' }
      } catch {
        return { state: 'down', message: noTokenWords }
      }
    },
  }
}

const noTokenWords = `${vertexLabel} gives no token. Check GOOGLE_APPLICATION_CREDENTIALS.`

function clientOf({ project, location, baseUrl, authClient }: VertexProviderOptions) {
  const signer = authClient ?? (isLoopback(baseUrl) ? emulatorClient : undefined)
  return new GoogleGenAI({
    vertexai: true,
    project,
    location,
    ...(baseUrl && { httpOptions: { baseUrl } }),
    ...(signer && { googleAuthOptions: { authClient: signer } }),
  })
}
