import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type { AttemptOutcome } from '#lib/contract/attempt-view'
import type { ErrorCode } from '#lib/contract/error-code'
import type { DeliveryChannel, GenerationState } from '#lib/contract/file-view'
import type { GenerationInputs } from '#lib/contract/generation-inputs'
import type { AspectRatio, Resolution } from '#lib/contract/video-format'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** The truth: one row a video. A trigger writes `file_event` and sends NOTIFY whenever `version` moves. */
export const file = pgTable(
  'file',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    version: integer('version').notNull().default(1),
    state: text('state').$type<GenerationState>().notNull().default('queued'),

    prompt: text('prompt').notNull(),
    negativePrompt: text('negative_prompt'),
    model: text('model').notNull(),
    /** As the catalogue had it at the start: history stays true when a model leaves the catalogue. */
    modelLabel: text('model_label').notNull(),
    isDemo: boolean('is_demo').notNull(),
    isCancelable: boolean('is_cancelable').notNull(),
    aspectRatio: text('aspect_ratio').$type<AspectRatio>().notNull(),
    resolution: text('resolution').$type<Resolution>().notNull(),
    duration: doublePrecision('duration').notNull(),
    seed: bigint('seed', { mode: 'number' }).notNull(),
    /** False where the seed was drawn here. */
    isSeedGiven: boolean('is_seed_given').notNull().default(false),
    generateAudio: boolean('generate_audio').notNull(),
    /** Null where it starts from words alone. */
    inputs: jsonb('inputs').$type<GenerationInputs>(),
    /** A hash over what was asked for, seed included where one was: the same again can be found. */
    settingsHash: text('settings_hash').notNull().default(''),

    provider: text('provider').notNull(),
    providerLabel: text('provider_label').notNull().default(''),
    /** Why this provider, as a sentence for the user. */
    routeReason: text('route_reason').notNull().default(''),
    /** The idempotency token of the attempt in hand; stored before the provider is called. */
    token: text('token'),
    /** The provider's answer to `start`: opaque, all that `check` needs after a restart. */
    operation: jsonb('operation'),
    /** Where the finished video can be fetched from while it is being stored. */
    output: jsonb('output'),

    queuePlace: integer('queue_place'),
    progress: doublePrecision('progress'),
    message: text('message'),
    expectedSeconds: doublePrecision('expected_seconds'),
    expectedP90Seconds: doublePrecision('expected_p90_seconds'),
    expectedRuns: integer('expected_runs'),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorMessage: text('error_message'),

    /** When the next step is due. A sweep wakes what is overdue, so no lost job can strand a video. */
    runAt: moment('run_at').notNull(),
    /** Looks at the provider so far in this state, and failed ones in a row: they pace the next. */
    checks: integer('checks').notNull().default(0),
    failures: integer('failures').notNull().default(0),
    /** Since when every look was answered with "there is no such job"; null where the last was not. */
    lostSince: moment('lost_since'),
    /** Who is doing a step right now, and until when that is believed. Fences off a process that was presumed dead. */
    leaseId: text('lease_id'),
    leaseUntil: moment('lease_until'),
    /** Until when the job in hand counts as on time; after that it holds no slot and is looked at more slowly. */
    deadlineAt: moment('deadline_at'),
    isDelayed: boolean('is_delayed').notNull().default(false),
    cancelRequestedAt: moment('cancel_requested_at'),
    deletedAt: moment('deleted_at'),

    sizeBytes: bigint('size_bytes', { mode: 'number' }),
    sha256: text('sha256'),
    contentType: text('content_type'),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    durationSeconds: doublePrecision('duration_seconds'),
    videoCodec: text('video_codec'),
    audioCodec: text('audio_codec'),
    hasPoster: boolean('has_poster').notNull().default(false),
    filmstripFrames: integer('filmstrip_frames'),

    estimatedUsd: doublePrecision('estimated_usd').notNull(),
    /** What it may come to where the dearest provider has to step in. */
    upToUsd: doublePrecision('up_to_usd').notNull().default(0),
    /** Null as long as the provider of the quote has it. */
    providerUsd: doublePrecision('provider_usd'),
    /** The user's own limit; null for none. */
    maxUsd: doublePrecision('max_usd'),
    actualUsd: doublePrecision('actual_usd'),
    isCostReported: boolean('is_cost_reported').notNull().default(false),
    deliveredBy: text('delivered_by').$type<DeliveryChannel>(),
    deliveredAt: moment('delivered_at'),

    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (table) => [
    index('file_user_created').on(table.userId, table.createdAt.desc(), table.id.desc()),
    index('file_due')
      .on(table.runAt)
      .where(sql`state not in ('completed', 'failed', 'canceled') or deleted_at is not null`),
    index('file_queue').on(table.provider, table.state, table.createdAt, table.id),
    index('file_token').on(table.token),
    index('file_same').on(table.userId, table.settingsHash, table.finishedAt.desc()),
    index('file_runs').on(table.model, table.state, table.finishedAt.desc()),
  ],
)

/** Every visible change of a file, numbered without gaps. Written by the trigger only. */
export const fileEvent = pgTable(
  'file_event',
  {
    fileId: text('file_id')
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    version: integer('version').notNull(),
    state: text('state').$type<GenerationState>().notNull(),
    progress: doublePrecision('progress'),
    at: moment('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.version] })],
)

/** One row an intention to start: the same key and body give the same file, for 24 hours. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    userId: text('user_id').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    fileId: text('file_id').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.key] }),
    index('idempotency_key_created').on(table.createdAt),
  ],
)

/**
 * One row a call to a provider. It outlives its video: what was spent stays known after the video is deleted, and no
 * prompt is in it. Written in the transaction that changes the file.
 */
export const attempt = pgTable(
  'attempt',
  {
    /** The token the provider was called with. */
    token: text('token').primaryKey(),
    fileId: text('file_id').notNull(),
    number: integer('number').notNull(),
    provider: text('provider').notNull(),
    providerLabel: text('provider_label').notNull(),
    model: text('model').notNull(),
    reason: text('reason').notNull(),
    consoleUrl: text('console_url'),
    outcome: text('outcome').$type<AttemptOutcome>().notNull().default('submitting'),
    /** The provider's own id of the job: what its callbacks speak of. */
    reference: text('reference'),
    /** Dollars; null while unknown. */
    costUsd: doublePrecision('cost_usd'),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorMessage: text('error_message'),
    startedAt: moment('started_at').notNull(),
    endedAt: moment('ended_at'),
  },
  (table) => [
    uniqueIndex('attempt_file').on(table.fileId, table.number),
    index('attempt_provider').on(table.provider, table.startedAt.desc()),
  ],
)
export type AttemptRow = typeof attempt.$inferSelect

/** Callbacks that were believed enough to make us look: each once, however often it was sent. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    provider: text('provider').notNull(),
    deliveryId: text('delivery_id').notNull(),
    token: text('token').notNull(),
    reference: text('reference').notNull(),
    receivedAt: moment('received_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.provider, table.deliveryId] }),
    index('webhook_delivery_token').on(table.token),
    index('webhook_delivery_received').on(table.receivedAt),
  ],
)

/** A provider that is taken out for a while, over all processes: too many requests, no credits, a refused key. */
export const providerPause = pgTable('provider_pause', {
  provider: text('provider').primaryKey(),
  until: moment('until').notNull(),
  errorCode: text('error_code').$type<ErrorCode>().notNull(),
  /** A sentence for the user. */
  reason: text('reason').notNull(),
  createdAt: moment('created_at').notNull(),
})

/** A picture a user has uploaded to start videos from. Its bytes rest in storage under its id. */
export const image = pgTable(
  'image',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    contentType: text('content_type').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text('sha256').notNull(),
    /** When it last came, or was last taken for a video or a message: unused, it is kept for a week from then. */
    createdAt: moment('created_at').notNull(),
  },
  (table) => [uniqueIndex('image_same').on(table.userId, table.sha256)],
)
export type ImageRow = typeof image.$inferSelect
