import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { jsonb, micros, moment } from './columns.ts'
import type { AttemptOutcome, DeliveryChannel, GenerationState } from '#lib/contract/file-view'
import type { ErrorCode } from '#lib/contract/problem'
import type { Kind, KeptSettings, Door } from '#lib/contract/generation'
import type { Sentence } from '#lib/messages/message'
import type { WaitReason } from '#lib/contract/wait'

const isOpen = sql`deleted_at is null and state not in ('completed', 'failed', 'canceled')`
const isQueued = sql`state = 'queued' and deleted_at is null and waits_for is null`

/**
 * The truth: one row for each generation, from the start to its end. Changed by `transition` only; a trigger sends NOTIFY
 * whenever `version` moves, and keeps an event of each change of state.
 */
export const generation = pgTable(
  'generation',
  {
    /** `file_...`, in public: the name of its API and its channel. */
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    kind: text('kind').$type<Kind>().notNull().default('video'),
    /** Who started it, and with which API key; null for one of an older version. */
    startedBy: text('started_by'),
    keyId: text('key_id'),
    /** Where it was started, and the place there by which that door finds it again. */
    originDoor: text('origin_door').$type<Door>().notNull().default('form'),
    originPlace: jsonb('origin_place').$type<Record<string, string>>(),
    /** Where its start asked to be told of its end; hostile input. */
    callbackUrl: text('callback_url'),
    /** The batch it was admitted with, and its row there, from 0; null where it was started by itself. */
    batchId: text('batch_id'),
    batchRow: integer('batch_row'),
    /**
     * The generations of the same owner it is made from and that are not completed yet: it is in no queue before. Null once
     * all of its inputs are there.
     */
    waitsFor: text('waits_for').array(),
    version: integer('version').notNull().default(1),
    state: text('state').$type<GenerationState>().notNull().default('queued'),

    prompt: text('prompt').notNull(),
    model: text('model').notNull(),
    /** As the catalogue had it at the start: history stays true when a model leaves the catalogue. */
    modelLabel: text('model_label').notNull(),
    isDemo: boolean('is_demo').notNull(),
    /** What was asked for besides the prompt, as its kind defines it. */
    settings: jsonb('settings').$type<KeptSettings>().notNull(),
    /** A hash over what was asked for, and the seed if one was given: finds an identical request. */
    settingsHash: text('settings_hash').notNull().default(''),

    /** The quote: the price at the first provider, and at the most expensive one it may fall back to. */
    quotedMicros: micros('quoted_micros').notNull(),
    ceilingMicros: micros('ceiling_micros').notNull(),
    /** The most its owner agreed to pay; null without a limit. */
    limitMicros: micros('limit_micros'),
    /** The catalogue's price at the provider that has it now. */
    priceMicros: micros('price_micros').notNull(),
    /** The sum of its attempts; null while one of them may have cost money and its cost is not known. */
    costMicros: micros('cost_micros'),
    /** The user's price of one dollar of cost, in millionths, as at the start. */
    priceFactor: integer('price_factor').notNull().default(1_000_000),
    /** What is held of its owner's money, and what was charged of it; null without a hold, or while not settled. */
    heldMicros: micros('held_micros'),
    chargedMicros: micros('charged_micros'),
    /** Whether the provider itself reported the cost. */
    isCostReported: boolean('is_cost_reported').notNull().default(false),

    provider: text('provider').notNull(),
    providerLabel: text('provider_label').notNull(),
    /** Why this provider, for the user. */
    routeReason: jsonb('route_reason').$type<Sentence>().notNull(),
    isCancelable: boolean('is_cancelable').notNull(),
    /** The idempotency key of the current attempt; stored before the provider is called. */
    attemptKey: text('attempt_key'),
    /** The provider's answer to `submit`: opaque, all that `check` needs after a restart. */
    operation: jsonb('operation'),
    /** Where the finished bytes can be fetched from while they are being stored. */
    output: jsonb('output'),

    /** Its turn in the queue of its provider: owners take turns, see `engine/queue.ts`. */
    turn: bigint('turn', { mode: 'number' }).notNull().default(0),
    /** Until when it holds a slot of its provider; null while it holds none. */
    slotUntil: moment('slot_until'),
    progress: doublePrecision('progress'),
    /** What it waits for, as a code with parameters; null while nothing is worth saying. */
    wait: jsonb('wait').$type<WaitReason>(),
    /** What the provider says of the finished bytes: where what came differs from what was asked for. */
    note: jsonb('note').$type<Sentence>(),
    expected: jsonb('expected').$type<ExpectedTime>(),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorMessage: jsonb('error_message').$type<Sentence>(),

    /** When the next step is due. A sweep wakes what is overdue, so no lost job can strand a generation. */
    dueAt: moment('due_at').notNull(),
    /** Looks at the provider so far in this state, and failed ones in a row: they pace the next. */
    checks: integer('checks').notNull().default(0),
    failures: integer('failures').notNull().default(0),
    /** Since when every look was answered with "there is no such job"; null where the last was not. */
    lostSince: moment('lost_since'),
    /** Since when every step throws; null where the last did not. */
    crashedSince: moment('crashed_since'),
    /** Set once a step has thrown for a day: taken up again by its owner only ("Check now", cancel, delete). */
    parkedAt: moment('parked_at'),
    /** The process that takes a step now, and until when it is believed to be alive. */
    leaseId: text('lease_id'),
    leaseUntil: moment('lease_until'),
    /** Until when the current job counts as on time; after that it is checked less often. */
    deadlineAt: moment('deadline_at'),
    isDelayed: boolean('is_delayed').notNull().default(false),
    cancelRequestedAt: moment('cancel_requested_at'),
    deletedAt: moment('deleted_at'),

    /** The asset it made; null until its bytes are stored. */
    assetId: text('asset_id'),
    deliveredBy: text('delivered_by').$type<DeliveryChannel>(),
    deliveredAt: moment('delivered_at'),

    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    index('generation_owner').on(
      table.ownerId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('generation_owner_images')
      .on(table.ownerId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`kind = 'image'`),
    index('generation_owner_videos')
      .on(table.ownerId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`kind <> 'image'`),
    index('generation_open')
      .on(table.ownerId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(isOpen),
    // The queue has an index of its own: a generation in it is due when its turn comes.
    index('generation_due')
      .on(table.dueAt)
      .where(
        sql`state not in ('completed', 'failed', 'canceled', 'queued') or deleted_at is not null
          or waits_for is not null`,
      ),
    index('generation_queue')
      .on(table.provider, table.turn, table.createdAt, table.id)
      .where(isQueued),
    index('generation_owner_queue').on(table.ownerId, table.provider, table.turn).where(isQueued),
    index('generation_slots')
      .on(table.provider, table.slotUntil)
      .where(sql`slot_until is not null`),
    index('generation_parked')
      .on(table.parkedAt)
      .where(sql`parked_at is not null`),
    index('generation_same')
      .on(table.ownerId, table.settingsHash, table.finishedAt.desc().nullsFirst())
      .where(sql`state = 'completed'`),
    index('generation_batch')
      .on(table.batchId, table.batchRow)
      .where(sql`batch_id is not null`),
    index('generation_waits')
      .using('gin', table.waitsFor)
      .where(sql`waits_for is not null`),
    index('generation_runs')
      .on(table.model, table.finishedAt.desc().nullsFirst())
      .where(sql`state = 'completed'`),
  ],
)

/** How long it takes by this installation's past runs: median, slowest tenth, and how many runs that is read from. */
export interface ExpectedTime {
  seconds: number
  p90Seconds: number | null
  runs: number
}

/** Every change of a generation's state: its timeline. Written by the trigger only. */
export const generationEvent = pgTable(
  'generation_event',
  {
    generationId: text('generation_id')
      .notNull()
      .references(() => generation.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    state: text('state').$type<GenerationState>().notNull(),
    provider: text('provider').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.generationId, table.version] })],
)

/** One row for each intention to start: the same key and body give the same generation, for 24 hours. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    ownerId: text('owner_id').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    generationId: text('generation_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.key] }),
    index('idempotency_key_created').on(table.createdAt),
  ],
)

/**
 * One row for each call to a provider that may cost money. It outlives its generation: what was spent stays known after
 * a deletion, and no prompt is in it. Written in the transaction that changes the generation.
 */
export const attempt = pgTable(
  'attempt',
  {
    /** What the provider was called with. */
    idempotencyKey: text('idempotency_key').primaryKey(),
    generationId: text('generation_id').notNull(),
    number: integer('number').notNull(),
    provider: text('provider').notNull(),
    providerLabel: text('provider_label').notNull(),
    model: text('model').notNull(),
    reason: jsonb('reason').$type<Sentence>().notNull(),
    consoleUrl: text('console_url'),
    outcome: text('outcome').$type<AttemptOutcome>().notNull().default('submitting'),
    providerJobId: text('provider_job_id'),
    /** The catalogue's price at the start of the attempt. */
    priceMicros: micros('price_micros').notNull().default(0),
    /** Null while unknown. */
    costMicros: micros('cost_micros'),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorMessage: jsonb('error_message').$type<Sentence>(),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    uniqueIndex('attempt_generation').on(table.generationId, table.number),
    index('attempt_runs')
      .on(table.provider, table.endedAt.desc().nullsFirst())
      .where(sql`outcome = 'completed'`),
    index('attempt_errors')
      .on(table.provider, table.endedAt.desc().nullsFirst())
      .where(sql`error_code is not null`),
  ],
)
export type AttemptRow = typeof attempt.$inferSelect
