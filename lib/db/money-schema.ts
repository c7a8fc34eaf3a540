import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import { jsonb, micros, moment } from './columns.ts'

export type TransferKind =
  | 'granted'
  | 'topped_up'
  | 'refunded'
  | 'held'
  | 'returned'
  | 'spent'
  | 'written_off'
  | 'adopted'

/**
 * Where money is, in micro-dollars. Its balance is moved by a trigger on `transfer` and by nothing else; below zero only
 * where that is what the account is for.
 */
export const ledgerAccount = pgTable(
  'ledger_account',
  {
    /** `available:<owner>`, `open:<owner>`, `held:<owner>`, `spent:<owner>`, or one of the installation's. */
    id: text('id').primaryKey(),
    ownerId: text('owner_id'),
    balance: micros('balance').notNull().default(0),
    mayBeNegative: boolean('may_be_negative').notNull().default(false),
  },
  (table) => [
    check('ledger_account_covered', sql`${table.mayBeNegative} or ${table.balance} >= 0`),
    index('ledger_account_owner').on(table.ownerId),
  ],
)

/** Money that moved: both legs in one row, so that all balances sum up to zero. Only ever added to. */
export const transfer = pgTable(
  'ledger_transfer',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** What it is for, once: `hold:<generation>`, `settle:<generation>`, `topup:<session>`. */
    key: text('key').notNull().unique(),
    kind: text('kind').$type<TransferKind>().notNull(),
    /** Taken from. */
    debit: text('debit')
      .notNull()
      .references(() => ledgerAccount.id),
    /** Given to. */
    credit: text('credit')
      .notNull()
      .references(() => ledgerAccount.id),
    amount: micros('amount').notNull(),
    /** Whose history it is in; null for the installation's own. */
    ownerId: text('owner_id'),
    generationId: text('generation_id'),
    /** Who did it by hand, and their words. */
    byUserId: text('by_user_id'),
    note: text('note'),
    at: moment('at')
      .notNull()
      .default(sql`clock_timestamp()`),
  },
  (table) => [
    check('ledger_transfer_amount', sql`${table.amount} > 0`),
    check('ledger_transfer_legs', sql`${table.debit} <> ${table.credit}`),
    index('ledger_transfer_owner').on(table.ownerId, table.id.desc().nullsFirst()),
    index('ledger_transfer_generation').on(table.generationId),
  ],
)

/**
 * What a generation may cost its owner: taken at its start, settled once. It outlives its generation: what was held and
 * charged stays known after a deletion.
 */
export const hold = pgTable(
  'hold',
  {
    generationId: text('generation_id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    /** Who started it, and with which API key; for one of an organization, who made the key. */
    userId: text('user_id').notNull(),
    keyId: text('key_id'),
    /** The account it was taken from; what is left goes back there. */
    source: text('source').notNull(),
    /** The most the user agreed to, in the user's prices. */
    amountMicros: micros('amount_micros').notNull(),
    /** Price for the user of one dollar of cost, in millionths, as at the start. */
    priceFactor: integer('price_factor').notNull().default(1_000_000),
    model: text('model').notNull(),
    /** What the user paid; null while it is not settled. */
    chargedMicros: micros('charged_micros'),
    /** What it cost the installation beyond what the user agreed to, or for what the user does not pay. */
    ownCostMicros: micros('own_cost_micros').notNull().default(0),
    createdAt: moment('created_at').notNull(),
    settledAt: moment('settled_at'),
    /** Set where it ended without a known cost: an admin settles it by hand. */
    uncertainSince: moment('uncertain_since'),
  },
  (table) => [
    index('hold_owner').on(
      table.ownerId,
      table.createdAt.desc().nullsFirst(),
      table.generationId.desc().nullsFirst(),
    ),
    index('hold_uncertain')
      .on(table.uncertainSince)
      .where(sql`uncertain_since is not null`),
  ],
)

/**
 * What each payer has spent or holds, by day and month: kept by the transactions that hold and settle, so that a limit
 * costs one row to check. `scope` is `installation`, `organization:<id>`, `user:<id>` or `key:<id>`; `period` is
 * `2026-11-27` or `2026-11`, in UTC.
 */
export const spending = pgTable(
  'spending',
  {
    scope: text('scope').notNull(),
    period: text('period').notNull(),
    micros: micros('micros').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.scope, table.period] }),
    // Without the figure, which every start moves: the row is then changed in its place.
    index('spending_period').on(table.period, table.scope),
  ],
)

/** The most a payer may spend; null without a limit. */
export const spendingLimit = pgTable('spending_limit', {
  scope: text('scope').primaryKey(),
  dayMicros: micros('day_micros'),
  monthMicros: micros('month_micros'),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  updatedBy: text('updated_by'),
})

/** Codes that give credits, each once. Only their hashes are kept. */
export const redeemCode = pgTable(
  'redeem_code',
  {
    codeHash: text('code_hash').primaryKey(),
    batchId: text('batch_id').notNull(),
    amountMicros: micros('amount_micros').notNull(),
    note: text('note'),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
    usedAt: moment('used_at'),
    usedBy: text('used_by'),
  },
  (table) => [index('redeem_code_batch').on(table.batchId)],
)

/** A payment that was begun at the payment provider; credited once, when it is paid. */
export const topUp = pgTable(
  'top_up',
  {
    /** The checkout session's id. */
    id: text('id').primaryKey(),
    /** Empty where it is not certain, and an admin has to say. */
    ownerId: text('owner_id').notNull(),
    userId: text('user_id').notNull(),
    amountMicros: micros('amount_micros').notNull(),
    state: text('state').$type<'open' | 'paid' | 'expired' | 'failed'>().notNull().default('open'),
    paymentId: text('payment_id'),
    refundedMicros: micros('refunded_micros').notNull().default(0),
    details: jsonb('details'),
    createdAt: moment('created_at').notNull(),
    paidAt: moment('paid_at'),
  },
  (table) => [
    index('top_up_owner').on(table.ownerId, table.createdAt.desc().nullsFirst()),
    index('top_up_payment').on(table.paymentId),
  ],
)
