import type { HealthView, ProviderRecord, ProvidersAnswer } from '#lib/contract/provider-view'

/** What everyone may read of the providers: without what they cost, and without what went wrong there. */
export function providersWithoutMoney(answer: ProvidersAnswer): ProvidersAnswer {
  const providers = answer.providers.map(({ health, record, ...provider }) => ({
    ...provider,
    billingUrl: null,
    health: health && { state: health.state },
    lastError: null,
    record: recordWithoutMoney(record),
  }))
  return { ...answer, providers, isWhole: false }
}

/** The same of the whole installation, and without what its operator should mend. */
export function healthWithoutMoney({ warnings: _, ...health }: HealthView): HealthView {
  const providers = Object.entries(health.providers).map(([id, { record, ...part }]) => [
    id,
    { ...part, record: recordWithoutMoney(record) },
  ])
  return { ...health, providers: Object.fromEntries(providers) as HealthView['providers'] }
}

function recordWithoutMoney(record: ProviderRecord): ProviderRecord {
  return { ...record, spentUsd: null, meanUsd: null }
}
