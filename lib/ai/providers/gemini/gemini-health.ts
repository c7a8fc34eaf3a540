import { readGoogleAnswer } from '../google/google-error.ts'
import type { ProviderError } from '../provider-error.ts'
import type { ProviderContext, ProviderHealth } from '../provider.ts'
import { requestJson } from '../request-json.ts'
import { geminiLabel as label } from './gemini-error.ts'
import { type GeminiSite, keyHeader } from './gemini-site.ts'

/** Asks for one model of the list: free, and it needs the key. */
export async function geminiHealth(
  site: GeminiSite,
  context: ProviderContext,
): Promise<ProviderHealth> {
  const url = `${site.baseUrl}/v1beta/models?pageSize=1`
  try {
    const answer = await requestJson(label, url, { headers: keyHeader(site) }, context)
    readGoogleAnswer(label, answer, false)
    return { state: 'ok' }
  } catch (error) {
    return trouble(error as ProviderError)
  }
}

function trouble({ code, userMessage }: ProviderError): ProviderHealth {
  if (code === 'auth')
    return { state: 'down', message: `${label} refuses the key. Check GEMINI_API_KEY.` }
  return { state: code === 'rate_limited' ? 'degraded' : 'down', message: userMessage }
}
