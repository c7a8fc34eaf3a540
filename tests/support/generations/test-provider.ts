import type { ProviderView } from '#lib/contract/provider-view'

/** A provider for a test: on, well, and without a past, unless it says otherwise. */
export function testProvider(changes: Partial<ProviderView> = {}): ProviderView {
  return {
    id: 'kie',
    label: 'Kie.ai',
    billingUrl: null,
    isOn: true,
    variables: [],
    health: { state: 'ok' },
    circuit: 'closed',
    cooldown: null,
    lastError: null,
    webhooks: 'polling only',
    models: ['veo-3.1-fast'],
    record: {
      attempts: 0,
      completed: 0,
      failed: 0,
      fellBack: 0,
      unknown: 0,
      successRate: null,
      fallbackRate: null,
      medianSeconds: null,
      p90Seconds: null,
      spentUsd: 0,
      meanUsd: null,
    },
    ...changes,
  }
}
