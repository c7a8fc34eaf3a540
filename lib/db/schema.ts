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
} from 'drizzle-orm/pg-core'
import type { ErrorCode } from '#lib/contract/error-code'
import type { DeliveryChannel, GenerationState } from '#lib/contract/file-view'
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
    generateAudio: boolean('generate_audio').notNull(),

    provider: text('provider').notNull(),
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
    expectedRuns: integer('expected_runs'),
    errorCode: text('error_code').$type<ErrorCode>(),
    errorMessage: text('error_message'),

    /** When the next step is due. A sweep wakes what is overdue, so no lost job can strand a video. */
    runAt: moment('run_at').notNull(),
    /** Looks at the provider so far in this state, and failed ones in a row: they pace the next. */
    checks: integer('checks').notNull().default(0),
    failures: integer('failures').notNull().default(0),
    /** Who is doing a step right now, and until when that is believed. Fences off a process that was presumed dead. */
    leaseId: text('lease_id'),
    leaseUntil: moment('lease_until'),
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
    actualUsd: doublePrecision('actual_usd'),
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
    index('file_runs').on(table.model, table.state, table.finishedAt.desc()),
  ],
)
export type FileRow = typeof file.$inferSelect

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
