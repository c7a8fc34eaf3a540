import { isIP } from 'node:net'
import type { Provider } from '../ai/providers/provider.ts'

/**
 * Where a provider may knock when a job is done: our address with the attempt's token, which nobody can guess. Null
 * where the provider does not knock, or our address is one it cannot reach; then it is only asked.
 */
export function callbackUrl(
  provider: Pick<Provider, 'id' | 'readWebhook' | 'isOnThisMachine'>,
  publicUrl: string | null,
  token: string,
): string | null {
  if (!provider.readWebhook || reasonForPolling(provider, publicUrl) || !token) return null
  return `${publicUrl}/api/webhooks/${provider.id}?token=${token}`
}

/** Why a provider that could knock is only asked; null where it does knock. A sentence for the operator. */
export function reasonForPolling(
  provider: Pick<Provider, 'isOnThisMachine'>,
  publicUrl: string | null,
): string | null {
  if (!publicUrl) return 'Polling only: set PUBLIC_URL to the address this server has outside.'
  const { hostname } = new URL(publicUrl)
  if (provider.isOnThisMachine || !isPrivate(hostname)) return null
  return `Polling only: PUBLIC_URL (${hostname}) cannot be reached from outside.`
}

const privateAddresses =
  /^(?:0|10|127|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./
const privateNames = /^(?:localhost|.*\.(?:localhost|local|internal|lan|home|test))$/

function isPrivate(hostname: string) {
  const bare = hostname.replace(/^\[|\]$/g, '')
  if (isIP(bare) === 4) return privateAddresses.test(bare)
  if (isIP(bare) === 6) return /^(?:::|f[cd]|fe[89ab])/i.test(bare)
  return privateNames.test(bare) || !bare.includes('.')
}
