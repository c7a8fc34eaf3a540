import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { WebhookDelivery, WebhookNews } from '../provider.ts'
import { wireId } from './kie-wire.ts'

const id = wireId.pipe(z.string().max(200))

// Veo and jobs say `taskId`, Aleph and 4K `task_id`, and one page of Aleph has it next to the data.
const bodySchema = z.object({
  data: z.object({ task_id: id.nullish(), taskId: id.nullish() }).nullish(),
  taskId: id.nullish(),
})

const toleranceSeconds = 300

/**
 * Which task a webhook names; null where it is forged, too old or not understood. The signature, sent where the
 * account has a webhook key, covers the task and the time but not the rest of the body
 * (docs.kie.ai/common-api/webhook-verification; the tolerance of 300 s is ours).
 */
export function readKieWebhook(delivery: WebhookDelivery, hmacKey?: string): WebhookNews | null {
  const providerJobId = taskIdIn(delivery.body)
  if (!providerJobId) return null
  if (!hmacKey) {
    const hash = createHash('sha256').update(delivery.body).digest('hex')
    return { providerJobId, deliveryId: `${providerJobId}.${hash}` }
  }
  const timestamp = delivery.headers.get('x-webhook-timestamp') ?? ''
  const signature = delivery.headers.get('x-webhook-signature') ?? ''
  if (!isRecent(timestamp, delivery.now)) return null
  const deliveryId = `${providerJobId}.${timestamp}`
  return isSignatureOf(deliveryId, signature, hmacKey) ? { providerJobId, deliveryId } : null
}

function taskIdIn(body: Uint8Array) {
  try {
    const { data, taskId } = bodySchema.parse(JSON.parse(new TextDecoder().decode(body)))
    return data?.task_id ?? data?.taskId ?? taskId
  } catch {
    return undefined
  }
}

function isRecent(timestamp: string, now: Date) {
  if (!/^\d{1,12}$/.test(timestamp)) return false
  return Math.abs(now.getTime() / 1000 - Number(timestamp)) <= toleranceSeconds
}

function isSignatureOf(text: string, signature: string, hmacKey: string) {
  const expected = createHmac('sha256', hmacKey).update(text).digest()
  const given = Buffer.from(signature, 'base64')
  return given.length === expected.length && timingSafeEqual(given, expected)
}
