import type { ProviderView, ProvidersAnswer } from '#lib/contract/provider-view'
import { catalogue } from '../ai/models/catalogue.ts'
import { type ProviderSetup, providerSetups, providers } from '../ai/providers/index.ts'
import { env } from '../env.ts'
import { emptyRecord, lastErrors } from '../files/provider-records.ts'
import { type ProviderPause, endPause, pausesAt } from '../files/provider-pauses.ts'
import { reasonForPolling } from './callback-url.ts'
import { needsOperator } from './needs-operator.ts'
import { providerHealth } from './provider-health.ts'
import { recentRecords } from './recent-records.ts'

/**
 * Every provider there is: on or off, how it is, and what it did here in the last seven days, counted at most
 * `recordsKeptMs` ago. Never a secret.
 */
export async function readProviders(
  now = new Date(),
  { recordsKeptMs = 0 } = {},
): Promise<ProvidersAnswer> {
  const [records, errors, pauses] = await Promise.all([
    recentRecords(now, recordsKeptMs),
    lastErrors(),
    pausesAt(now),
  ])
  const views = providerSetups.map(async (setup): Promise<ProviderView> => {
    const { id, label, billingUrl } = setup
    const on = providers().get(id)
    const error = errors.get(id)
    return {
      id,
      label,
      billingUrl,
      isOn: on !== undefined,
      variables: variablesOf(setup),
      health: on ? await providerHealth(on) : null,
      circuit: on?.circuit() ?? 'closed',
      pause: pauseView(pauses.get(id)),
      lastError: error
        ? { at: error.at.toISOString(), code: error.code, message: error.message ?? '' }
        : null,
      callbacks:
        on?.readWebhook && !reasonForPolling(on, env().PUBLIC_URL ?? null) ? 'on' : 'polling only',
      models: catalogue
        .filter(({ routes }) => routes.some(({ provider }) => provider === id))
        .map((model) => model.id),
      record: records.get(id) ?? emptyRecord,
    }
  })
  return { providers: await Promise.all(views), pollingOnlyReason: pollingOnlyReason() }
}

/**
 * Asks a provider how it is, now, and lets it in again that its operator has seen to; a rest after too many requests
 * lasts as long as it asked for. Undefined where it is not on.
 */
export async function checkProviderNow(id: string): Promise<ProviderView | undefined> {
  const provider = providers().get(id)
  if (!provider) return undefined
  const health = await providerHealth(provider, true)
  const pause = (await pausesAt(new Date())).get(id)
  if (health.state === 'ok' && pause && needsOperator(pause.errorCode)) await endPause(id)
  const { providers: views } = await readProviders()
  return views.find((view) => view.id === id)
}

/** Why no provider knocks here; null where those that can do. */
export function pollingOnlyReason() {
  const publicUrl = env().PUBLIC_URL ?? null
  const able = [...providers().values()].filter(({ readWebhook }) => readWebhook)
  const doesOne = able.some((provider) => reasonForPolling(provider, publicUrl) === null)
  return doesOne ? null : reasonForPolling({}, publicUrl)
}

function variablesOf({ variables }: ProviderSetup) {
  return variables.map((variable) => ({ ...variable, isSet: isSet(variable.name) }))
}

/** Set by the operator; a default of ours does not count. */
function isSet(name: string) {
  return Boolean(process.env[name])
}

function pauseView(pause: ProviderPause | undefined) {
  return pause ? { until: pause.until.toISOString(), reason: pause.reason } : null
}
