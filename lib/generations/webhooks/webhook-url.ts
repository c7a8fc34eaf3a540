import { type MessageRef, message } from '#lib/messages/message'
import { isIP } from 'node:net'
import type { Provider } from '../../ai/providers/provider.ts'

/**
 * The address of an attempt's webhook: ours, with the attempt's idempotency key, which cannot be guessed. Null where
 * the provider sends none, or our address is one it cannot reach; then we only poll.
 */
export function webhookUrl(
  provider: Pick<Provider, 'id' | 'readWebhook' | 'isOnThisMachine'>,
  publicUrl: string | null,
  idempotencyKey: string,
): string | null {
  if (!provider.readWebhook || reasonForPolling(provider, publicUrl) || !idempotencyKey) return null
  return `${publicUrl}/api/webhooks/${provider.id}?token=${idempotencyKey}`
}

/** Why a provider that could send webhooks is only polled; null where it sends them. For the operator. */
export function reasonForPolling(
  provider: Pick<Provider, 'isOnThisMachine'>,
  publicUrl: string | null,
): MessageRef | null {
  if (!publicUrl) return message('settings.pollingNoUrl')
  const { hostname } = new URL(publicUrl)
  if (provider.isOnThisMachine || !isPrivate(hostname)) return null
  return message('settings.pollingPrivate', { host: hostname })
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
