import { desc, eq, lt } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { webhookDelivery } from '../../db/provider-schema.ts'

/** Takes a webhook in; false where it was there before. */
export async function takeIn(delivery: typeof webhookDelivery.$inferInsert) {
  const taken = await database()
    .insert(webhookDelivery)
    .values(delivery)
    .onConflictDoNothing()
    .returning({ id: webhookDelivery.deliveryId })
  return taken.length > 0
}

/** The job a webhook has named for an attempt, the latest first; undefined where none came. */
export async function providerJobIdFor(idempotencyKey: string) {
  const [row] = await database()
    .select({ providerJobId: webhookDelivery.providerJobId })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.idempotencyKey, idempotencyKey))
    .orderBy(desc(webhookDelivery.receivedAt))
    .limit(1)
  return row?.providerJobId
}

const keptMs = 14 * 24 * 60 * 60 * 1000

/** Forgets webhooks older than two weeks: no provider keeps a job for longer. */
export async function forgetOldDeliveries(now: Date) {
  const before = new Date(now.getTime() - keptMs)
  await database().delete(webhookDelivery).where(lt(webhookDelivery.receivedAt, before))
}
