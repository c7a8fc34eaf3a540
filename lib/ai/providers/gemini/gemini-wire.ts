import { message } from '#lib/messages/message'
import { type GoogleCall, callGoogle } from '../google/google-wire.ts'
import { ProviderError } from '../provider-error.ts'
import type { ProviderContext, ProviderHealth } from '../provider.ts'

export const geminiLabel = 'Google Gemini'

/** Where the API is, and the key to it. */
export interface GeminiSite {
  /** Without a slash at its end. */
  baseUrl: string
  apiKey: string
}

/** A call to the API, `path` below its address. */
export function callOf(site: GeminiSite, path: string, call: Partial<GoogleCall> = {}): GoogleCall {
  return { label: geminiLabel, url: `${site.baseUrl}/${path}`, headers: keyHeader(site), ...call }
}

/** The header that carries the key: for the API itself, and for downloads from its own origin. */
export function keyHeader({ apiKey }: GeminiSite) {
  return { 'x-goog-api-key': apiKey }
}

/**
 * The address a finished video is downloaded from. Google gives a download link; its SDK takes the name of a file and
 * the address of one as well, so those are turned into the link.
 */
export function downloadUrl({ baseUrl }: GeminiSite, uri: string) {
  const file = /^(?:https?:\/\/.+\/)?(files\/[^/:?]+)$/.exec(uri)?.[1]
  return file ? `${baseUrl}/v1beta/${file}:download?alt=media` : uri
}

/** Asks for one model of the list: free, and it needs the key. */
export async function checkGeminiHealth(
  site: GeminiSite,
  context: ProviderContext,
): Promise<ProviderHealth> {
  try {
    await callGoogle(callOf(site, 'v1beta/models?pageSize=1'), context)
    return { state: 'ok' }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    return trouble(error)
  }
}

function trouble({ code, userMessage }: ProviderError): ProviderHealth {
  if (code === 'auth')
    return {
      state: 'down',
      message: message('provider.checkVariables', {
        says: userMessage,
        variables: 'GEMINI_API_KEY',
      }),
    }
  return { state: code === 'rate_limited' ? 'degraded' : 'down', message: userMessage }
}
