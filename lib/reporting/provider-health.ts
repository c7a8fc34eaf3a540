import { message } from '#lib/messages/message'
import type { Provider, ProviderHealth } from '../ai/providers/provider.ts'
import { log } from '../log.ts'
import { processWide } from '../process-wide.ts'

const patienceMs = 2_000
const keptMs = 15_000
// However often a check is asked for, the provider itself is asked once in this time.
const freshMs = 3_000

interface Kept {
  at: number
  health: Promise<ProviderHealth>
}

/**
 * How a provider is, asked itself and given two seconds. An answer serves every asker for 15 seconds, and for 3 where
 * a `fresh` one is asked for: many askers cost the provider one call.
 */
export async function providerHealth(provider: Provider, fresh = false): Promise<ProviderHealth> {
  const kept = processWide('provider health', () => new Map<string, Kept>())
  const earlier = kept.get(provider.id)
  if (earlier && Date.now() - earlier.at < (fresh ? freshMs : keptMs)) return earlier.health
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
    webhookUrl: null,
  }
  try {
    return await Promise.race([provider.health(context), late])
  } catch (error) {
    log().warn({ err: error, provider: provider.id }, 'a provider gave no sign of health')
    return { state: 'down', message: message('status.says_down') }
  } finally {
    clearTimeout(timer)
  }
}
