import { bigint, date, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import type { ErrorCode } from '#lib/contract/problem'
import type { Sentence } from '#lib/messages/message'
import { jsonb, micros, moment } from './columns.ts'

/**
 * What each provider did here, one row a day: updated by the transaction that changes an attempt, so that no request
 * has to count rows. Figures only rise, whatever is deleted.
 */
export const providerDay = pgTable(
  'provider_day',
  {
    provider: text('provider').notNull(),
    day: date('day').notNull(),
    attempts: integer('attempts').notNull().default(0),
    completed: integer('completed').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    refused: integer('refused').notNull().default(0),
    unknown: integer('unknown').notNull().default(0),
    canceled: integer('canceled').notNull().default(0),
    /** Attempts another provider took over from. */
    fellBack: integer('fell_back').notNull().default(0),
    /** Milliseconds from submit to done, of the completed ones. */
    tookMs: bigint('took_ms', { mode: 'number' }).notNull().default(0),
    spentMicros: micros('spent_micros').notNull().default(0),
    /** What completed generations cost less than their quote's ceiling. */
    savedMicros: micros('saved_micros').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.provider, table.day] })],
)

/** Webhooks that were accepted and started a check: each once, however often it was sent. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    provider: text('provider').notNull(),
    deliveryId: text('delivery_id').notNull(),
    idempotencyKey: text('idempotency_key').notNull(),
    providerJobId: text('provider_job_id').notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.deliveryId] }),
    index('webhook_delivery_key').on(table.idempotencyKey),
    index('webhook_delivery_received').on(table.receivedAt),
  ],
)

/** A provider that is not called for a while, over all processes: too many requests, no credits, a refused key. */
export const providerCooldown = pgTable('provider_cooldown', {
  provider: text('provider').primaryKey(),
  until: moment('until').notNull(),
  errorCode: text('error_code').$type<ErrorCode>().notNull(),
  /** Why, for the user. */
  reason: jsonb('reason').$type<Sentence>().notNull(),
  createdAt: moment('created_at').notNull(),
})
