import type { Provider, ProviderHealth } from '../ai/providers/provider.ts'
import { log } from '../log.ts'
import { processWide } from '../process-wide.ts'

const patienceMs = 2_000
const keptMs = 15_000

/**
 * How a provider is, asked itself and given two seconds. An answer serves everybody for 15 seconds, so that whoever
 * looks at `/health` often does not ask the provider as often. `fresh` asks in any case.
 */
export async function providerHealth(provider: Provider, fresh = false): Promise<ProviderHealth> {
  const kept = processWide(
    'provider health',
    () => new Map<string, { at: number; health: Promise<ProviderHealth> }>(),
  )
  const earlier = kept.get(provider.id)
  if (!fresh && earlier && Date.now() - earlier.at < keptMs) return earlier.health
  const health = ask(provider)
  kept.set(provider.id, { at: Date.now(), health })
  return health
}

async function ask(provider: Provider): Promise<ProviderHealth> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
  const context = {
    fetch: globalThis.fetch,
    now: () => new Date(),
    signal: AbortSignal.timeout(patienceMs),
    callbackUrl: null,
    token: '',
  }
  try {
    return await Promise.race([provider.health(context), late])
  } catch (error) {
    log().warn({ err: error, provider: provider.id }, 'a provider gave no sign of health')
    return { state: 'down', message: 'It does not answer.' }
  } finally {
    clearTimeout(timer)
  }
}
