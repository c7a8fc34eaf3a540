import { desc, eq, lt } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { webhookDelivery } from '../db/schema.ts'

export type WebhookDeliveryRow = typeof webhookDelivery.$inferSelect

const keptMs = 14 * 24 * 60 * 60 * 1000

/** Takes a callback in; false where it was there before. */
export async function takeIn(delivery: WebhookDeliveryRow) {
  const taken = await database()
    .insert(webhookDelivery)
    .values(delivery)
    .onConflictDoNothing()
    .returning({ id: webhookDelivery.deliveryId })
  return taken.length > 0
}

/** The job a callback has named for an attempt, the latest first; undefined where none came. */
export async function referenceFor(token: string) {
  const [row] = await database()
    .select({ reference: webhookDelivery.reference })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.token, token))
    .orderBy(desc(webhookDelivery.receivedAt))
    .limit(1)
  return row?.reference
}

/** Forgets callbacks older than two weeks: no provider keeps a job for longer. */
export async function forgetOldDeliveries(now: Date) {
  const before = new Date(now.getTime() - keptMs)
  await database().delete(webhookDelivery).where(lt(webhookDelivery.receivedAt, before))
}
