import { writeFile } from 'node:fs/promises'
import type { Provider } from '../provider.ts'
import { isLoopback } from '../is-loopback.ts'
import { veoResult } from '../google/veo-result.ts'
import { geminiLabel, modelUnknown, videoNotThere } from './gemini-error.ts'
import { geminiHealth } from './gemini-health.ts'
import { readGeminiOperation } from './gemini-operation.ts'
import { keyHeader } from './gemini-site.ts'
import { omniDialect } from './omni-dialect.ts'
import { omniResult } from './omni-result.ts'
import { veoDialect } from './veo-dialect.ts'

export interface GeminiProviderOptions {
  apiKey: string
  /** Where the API is, if not at Google. */
  baseUrl?: string
}

/**
 * The Gemini API with a key. Models named `gemini-omni...` are made by the Interactions API, models
 * named `veo...` by the older `predictLongRunning`; an operation remembers which. Only the former
 * can be canceled. Jobs are polled: the callbacks of this API are set up for a whole project, not for a job.
 */
export function createGeminiProvider(options: GeminiProviderOptions): Provider {
  const { apiKey, baseUrl = 'https://generativelanguage.googleapis.com' } = options
  const site = { apiKey, baseUrl: baseUrl.replace(/\/+$/, '') }
  const { origin } = new URL(baseUrl)
  const omni = omniDialect(site)
  const veo = veoDialect(site)

  return {
    id: 'gemini',
    label: geminiLabel,
    consoleUrl: 'https://aistudio.google.com',
    isOnThisMachine: isLoopback(baseUrl),

    async start(request, context) {
      context.onStage?.('preparing')
      if (request.model.startsWith('gemini-omni')) return omni.start(request, context)
      if (request.model.startsWith('veo')) return veo.start(request, context)
      throw modelUnknown(request.model)
    },

    async check(operation, context) {
      const known = readGeminiOperation(operation)
      return known.dialect === 'interactions'
        ? omniResult(site, await omni.look(known.id, context))
        : veoResult(geminiLabel, await veo.look(known.name, context))
    },

    async cancel(operation, context) {
      const known = readGeminiOperation(operation)
      if (known.dialect === 'interactions') await omni.cancel(known.id, context)
    },

    async handOver(operation, path, context) {
      const known = readGeminiOperation(operation)
      if (known.dialect !== 'interactions') throw videoNotThere()
      const interaction = await omni.look(known.id, context)
      const result = omniResult(site, interaction)
      if (result.status === 'failed') throw result.error
      const data = interaction.output_video?.data
      if (!data) throw videoNotThere()
      await writeFile(path, Buffer.from(data, 'base64'), { signal: context.signal })
    },

    headersFor: (url): Record<string, string> => (url.origin === origin ? keyHeader(site) : {}),

    health: (context) => geminiHealth(site, context),
  }
}
