import type { ProviderView, ProvidersAnswer } from '#lib/contract/provider-view'
import { catalogue } from '../ai/models/catalogue.ts'
import { type ProviderSetup, providerSetups, providers } from '../ai/providers/index.ts'
import type { ResilientProvider } from '../ai/providers/resilient-provider.ts'
import { env } from '../env.ts'
import { type Cooldown, cooldownsAt, endCooldown, needsOperator } from '../generations/cooldowns.ts'
import { reasonForPolling } from '../generations/webhooks/webhook-url.ts'
import { providerHealth } from './provider-health.ts'
import { emptyRecord, lastErrors, parkedGenerations, recentRecords } from './records.ts'

/**
 * Every provider there is: on or off, how it is, and what it did here in the last seven days, read at most
 * `recordsKeptMs` ago. Never a secret.
 */
export async function readProviders(
  now = new Date(),
  { recordsKeptMs = 0 } = {},
): Promise<ProvidersAnswer> {
  const [records, errors, cooldowns, parked] = await Promise.all([
    recentRecords(now, recordsKeptMs),
    lastErrors(providerSetups.map(({ id }) => id)),
    cooldownsAt(now),
    parkedGenerations(),
  ])
  const views = providerSetups.map(async (setup): Promise<ProviderView> => {
    const { id, label, billingUrl } = setup
    const on = providers().get(id)
    const error = errors.get(id)
    const cooldown = cooldownView(cooldowns.get(id))
    const webhooks = sendsWebhooks(on) ? 'on' : 'polling only'
    return {
      id,
      label,
      billingUrl,
      isOn: on !== undefined,
      variables: variablesOf(setup),
      health: on ? await providerHealth(on) : null,
      circuit: on?.circuit() ?? 'closed',
      cooldown,
      pause: cooldown,
      lastError: error
        ? { at: error.at.toISOString(), code: error.code, message: error.message ?? '' }
        : null,
      webhooks,
      callbacks: webhooks,
      models: catalogue
        .filter(({ routes }) => routes.some(({ provider }) => provider === id))
        .map((model) => model.id),
      record: records.get(id) ?? emptyRecord,
    }
  })
  return { providers: await Promise.all(views), pollingOnlyReason: pollingOnlyReason(), parked }
}

/**
 * Asks a provider how it is, now, and ends its cooldown where its operator has seen to it; one after too many requests
 * lasts as long as the provider asked for. Undefined where it is not on.
 */
export async function checkProviderNow(id: string): Promise<ProviderView | undefined> {
  const provider = providers().get(id)
  if (!provider) return undefined
  const health = await providerHealth(provider, true)
  const cooldown = (await cooldownsAt(new Date())).get(id)
  if (health.state === 'ok' && cooldown && needsOperator(cooldown.errorCode)) await endCooldown(id)
  const { providers: views } = await readProviders()
  return views.find((view) => view.id === id)
}

/** Why no provider sends webhooks here; null where those that can do. */
export function pollingOnlyReason() {
  const publicUrl = env().PUBLIC_URL ?? null
  const able = [...providers().values()].filter(({ readWebhook }) => readWebhook)
  const doesOne = able.some((provider) => reasonForPolling(provider, publicUrl) === null)
  return doesOne ? null : reasonForPolling({}, publicUrl)
}

function sendsWebhooks(provider: ResilientProvider | undefined) {
  return Boolean(provider?.readWebhook && !reasonForPolling(provider, env().PUBLIC_URL ?? null))
}

function variablesOf({ variables }: ProviderSetup) {
  return variables.map((variable) => ({ ...variable, isSet: isSet(variable.name) }))
}

/** Set by the operator; a default of ours does not count. */
function isSet(name: string) {
  return Boolean(process.env[name])
}

function cooldownView(cooldown: Cooldown | undefined) {
  return cooldown ? { until: cooldown.until.toISOString(), reason: cooldown.reason } : null
}

/** Which providers are on, and whether they send webhooks; one line for the start's log. */
export function providersLine() {
  // Edits are made by the studio itself: they are always on.
  const makers = [...providers().values()].filter(({ id }) => id !== 'edits')
  const labels = makers.map(({ label }) => label).join(', ')
  return `Providers: ${labels}; ${pollingOnlyReason() ? 'polling only' : 'webhooks on'}`
}
