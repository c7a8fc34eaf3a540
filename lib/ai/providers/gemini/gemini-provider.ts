import { z } from 'zod'
import { videoNotThere } from '../google/google-error.ts'
import { withImages } from '../google/with-images.ts'
import { veoBody, veoBodySchema } from '../google/veo-request.ts'
import { isLoopback } from '../http-call.ts'
import { ProviderError } from '../provider-error.ts'
import type { Json, Prepared, Provider, SubmitResult } from '../provider.ts'
import { readOperation, readPrepared } from '../stored-json.ts'
import {
  type GeminiSite,
  callOf,
  checkGeminiHealth,
  geminiLabel as label,
  keyHeader,
} from './gemini-wire.ts'
import { omniBody, omniDialect } from './omni-dialect.ts'
import { veoDialect } from './veo-dialect.ts'

export interface GeminiProviderOptions {
  apiKey: string
  /** Where the API is, if not at Google. */
  baseUrl?: string
  /** Where the answers that bring images are kept. */
  answersDirectory: string
}

/**
 * The Gemini API with a key. Models named `gemini-omni...` are made by the Interactions API, models named `veo...` by
 * the older `predictLongRunning`, images by `generateContent`; an operation remembers which. Only the first can be
 * canceled. Videos are polled: the webhooks of this API are set up for a whole project, not for a job.
 */
export function createGeminiProvider(options: GeminiProviderOptions): Provider {
  const { apiKey, baseUrl = 'https://generativelanguage.googleapis.com' } = options
  const site = { apiKey, baseUrl: baseUrl.replace(/\/+$/, '') }
  return withImages(geminiVideos(site), {
    directory: options.answersDirectory,
    takesFormat: false,
    callOf: (model, json) =>
      callOf(site, `v1beta/models/${encodeURIComponent(model)}:generateContent`, {
        method: 'POST',
        json,
      }),
  })
}

function geminiVideos(site: GeminiSite): Provider {
  const { origin } = new URL(site.baseUrl)
  const omni = omniDialect(site)
  const veo = veoDialect(site)
  const known = (operation: Json) => readOperation(label, operationSchema, operation)

  return {
    id: 'gemini',
    label,
    consoleUrl: 'https://aistudio.google.com',
    isOnThisMachine: isLoopback(site.baseUrl),

    async prepare(request): Promise<Prepared> {
      const { model } = request
      if (model.startsWith('gemini-omni'))
        return { dialect: 'interactions', body: await omniBody(request) }
      if (model.startsWith('veo'))
        return { dialect: 'veo', model, body: await veoBody(label, request) }
      throw modelUnknown(model)
    },

    async submit(prepared, _idempotencyKey, context): Promise<SubmitResult> {
      const ready = readPrepared(label, preparedSchema, prepared)
      if (ready.dialect === 'interactions') {
        const id = await omni.submit(ready.body, context)
        return { operation: { dialect: ready.dialect, id }, providerJobId: id }
      }
      const name = await veo.submit(ready.model, ready.body, context)
      return { operation: { dialect: ready.dialect, name }, providerJobId: name }
    },

    async check(operation, context) {
      const job = known(operation)
      return job.dialect === 'interactions'
        ? omni.check(job.id, context)
        : veo.check(job.name, context)
    },

    async cancel(operation, context) {
      const job = known(operation)
      if (job.dialect === 'interactions') await omni.cancel(job.id, context)
    },

    async fetch(operation, path, context) {
      const job = known(operation)
      if (job.dialect !== 'interactions') throw videoNotThere(label)
      await omni.fetch(job.id, path, context)
    },

    headersFor: (url): Record<string, string> => (url.origin === origin ? keyHeader(site) : {}),

    health: (context) => checkGeminiHealth(site, context),
  }
}

const preparedSchema = z.discriminatedUnion('dialect', [
  z.object({ dialect: z.literal('interactions'), body: z.record(z.string(), z.json()) }),
  z.object({ dialect: z.literal('veo'), model: z.string(), body: veoBodySchema }),
])

/** Which of the two dialects a job speaks, and its name there. */
const operationSchema = z.discriminatedUnion('dialect', [
  z.object({ dialect: z.literal('interactions'), id: z.string().min(1) }),
  z.object({ dialect: z.literal('veo'), name: z.string().min(1) }),
])

/** Neither dialect knows the model, so nothing was sent. */
function modelUnknown(model: string) {
  return new ProviderError('model_retired', {
    submitOutcome: 'no_job',
    retryable: false,
    userMessage: `${label} does not offer this model. Choose another one.`,
    logMessage: `${label}: no dialect for the model ${model}`,
  })
}
