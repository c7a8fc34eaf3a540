import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { WebhookDelivery, WebhookNews } from '../provider.ts'

const toleranceSeconds = 300

// The payload is not documented where it could be read; these are the fields that can name a job.
const referenceFields = ['interaction_id', 'operation_name', 'operation', 'name', 'id'] as const
const payloadSchema = z.object({ data: z.record(z.string(), z.unknown()) })

/**
 * Reads a callback of a project's own (static) webhook: Standard Webhooks, HMAC-SHA256 over
 * `id.timestamp.body`, five minutes. Null where it is forged, too old or names no job.
 */
export function readGeminiWebhook(secret: string, delivery: WebhookDelivery): WebhookNews | null {
  const { headers, body, now } = delivery
  const deliveryId = headers.get('webhook-id')
  const timestamp = headers.get('webhook-timestamp')
  const signatures = headers.get('webhook-signature')
  if (!deliveryId || !timestamp || !signatures) return null
  const ageSeconds = Math.abs(now.getTime() / 1000 - Number(timestamp))
  if (!(ageSeconds <= toleranceSeconds)) return null
  const expected = createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(`${deliveryId}.${timestamp}.`)
    .update(body)
    .digest()
  if (!signatures.split(' ').some((signature) => isSame(signature, expected))) return null
  const reference = referenceIn(body)
  return reference === undefined ? null : { reference, deliveryId }
}

function isSame(signature: string, expected: Buffer) {
  const given = Buffer.from(/^v1,(.+)$/.exec(signature)?.[1] ?? '', 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

function referenceIn(body: Uint8Array) {
  try {
    const { data } = payloadSchema.parse(JSON.parse(Buffer.from(body).toString()))
    return referenceFields.map((field) => data[field]).find((value) => typeof value === 'string')
  } catch {
    return undefined
  }
}
