import { message } from '#lib/messages/message'
import { ProviderError } from './provider-error.ts'
import type { Provider } from './provider.ts'

/**
 * Stands in for a provider that is switched off while generations of it are unfinished. Every call says "not now", and
 * the work goes on once the provider is switched on again.
 */
export function absentProvider(id: string): Provider {
  const unavailable = () =>
    Promise.reject(
      new ProviderError('provider_unavailable', {
        submitOutcome: 'no_job',
        retryable: true,
        retryAfterSeconds: 60,
        userMessage: message('provider.off'),
        logMessage: `provider ${id} is not switched on, but has unfinished generations`,
      }),
    )
  return {
    id,
    label: id,
    prepare: unavailable,
    submit: unavailable,
    check: unavailable,
    find: unavailable,
    health: async () => ({ state: 'down', message: message('status.says_off') }),
  }
}
