import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

/** Bytes that we store: an upload, or what a generation made. Its objects in storage share one folder. */
export const asset = pgTable(
  'asset',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    kind: text('kind').$type<'image' | 'video'>().notNull(),
    /** The generation that made it; null for an upload. */
    generationId: text('generation_id'),
    /** The asset it was cut from. */
    parentId: text('parent_id'),
    /** Where its bytes are stored: `file_.../video.mp4`. Posters and filmstrip are in the same folder. */
    storageKey: text('storage_key').notNull(),
    contentType: text('content_type').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    /** The bytes of posters and filmstrip; null while they were not measured, as of older versions. */
    drawnBytes: bigint('drawn_bytes', { mode: 'number' }),
    sha256: text('sha256').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    durationSeconds: doublePrecision('duration_seconds'),
    videoCodec: text('video_codec'),
    audioCodec: text('audio_codec'),
    hasPoster: boolean('has_poster').notNull().default(false),
    /** The object of the frame that its owner chose as the poster, and its second of the film; null for the usual one. */
    posterName: text('poster_name'),
    posterSeconds: doublePrecision('poster_seconds'),
    filmstripFrames: integer('filmstrip_frames'),
    /** The file name an upload was brought with. */
    name: text('name'),
    /** Imported into the library: kept until its owner deletes it. */
    isKept: boolean('is_kept').notNull().default(false),
    createdAt: moment('created_at').notNull(),
    /** When an upload came, or was last taken as an input: unused, it is kept for a week from then. */
    usedAt: moment('used_at').notNull(),
  },
  (table) => [
    uniqueIndex('asset_same_upload')
      .on(table.ownerId, table.sha256)
      .where(sql`generation_id is null`),
    index('asset_generation').on(table.generationId),
    index('asset_unused')
      .on(table.usedAt)
      .where(sql`generation_id is null`),
    // What the quota of uploads counts: those that nothing was started from.
    index('asset_never_used')
      .on(table.ownerId, table.sizeBytes)
      .where(sql`generation_id is null and used_at = created_at and not is_kept`),
    index('asset_kept')
      .on(table.ownerId, table.sizeBytes)
      .where(sql`is_kept`),
    index('asset_unmeasured')
      .on(table.id)
      .where(sql`drawn_bytes is null`),
  ],
)
export type AssetRow = typeof asset.$inferSelect
