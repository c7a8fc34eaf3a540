import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'
import type { Kind, MediaType } from '#lib/contract/generation'
import type { TemplateSettings } from '#lib/contract/library/templates'
import { jsonb, moment } from './columns.ts'

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' })

/**
 * What an owner finds in the library: one row for each generation and each upload, kept by triggers of their tables, so
 * that a page and a sum read one table. The truth stays where it is; only the star and the trash are of here.
 */
export const libraryItem = pgTable(
  'library_item',
  {
    /** `file_...` of a generation, `image_...` or `video_...` of an upload. */
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    media: text('media').$type<MediaType>().notNull(),
    /** What made it: `upload` where people brought it. */
    source: text('source').$type<Kind | 'upload'>().notNull(),
    /** As users tell states apart: `open` until it has ended. */
    status: text('status').$type<'open' | 'completed' | 'failed' | 'canceled'>().notNull(),
    /** The door it was started through; null of an upload. */
    door: text('door'),
    model: text('model'),
    aspectRatio: text('aspect_ratio'),
    width: integer('width'),
    height: integer('height'),
    durationSeconds: doublePrecision('duration_seconds'),
    /** All its bytes in storage: the media, its poster and its filmstrip. */
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull().default(0),
    isStarred: boolean('is_starred').notNull().default(false),
    /** Since when it is in the trash; it is deleted 30 days later. */
    trashedAt: moment('trashed_at'),
    createdAt: moment('created_at').notNull(),
    /** How its words begin: what it is sorted by. */
    name: text('name').notNull().default(''),
  },
  (table) => [
    // Those of lists also hold, beside their keys, what is filtered by (migration 0024).
    index('library_item_newest')
      .on(table.ownerId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`trashed_at is null`),
    index('library_item_trash')
      .on(table.ownerId, table.trashedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`trashed_at is not null`),
    index('library_item_expired')
      .on(table.trashedAt)
      .where(sql`trashed_at is not null`),
    index('library_item_starred')
      .on(table.ownerId, table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`is_starred and trashed_at is null`),
    index('library_item_longest')
      .on(table.ownerId, sql`coalesce(duration_seconds, -1) desc`, table.id.desc().nullsFirst())
      .where(sql`trashed_at is null`),
    index('library_item_largest')
      .on(table.ownerId, table.sizeBytes.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`trashed_at is null`),
    index('library_item_name')
      .on(table.ownerId, sql`name collate "C"`, table.id)
      .where(sql`trashed_at is null`),
  ],
)
export type LibraryItemRow = typeof libraryItem.$inferSelect

/**
 * What an item is found by: apart from it, so that what is filtered, sorted and summed is small, and a change of state
 * writes none of it again.
 */
export const libraryText = pgTable(
  'library_text',
  {
    id: text('id')
      .primaryKey()
      .references(() => libraryItem.id, { onDelete: 'cascade' }),
    ownerId: text('owner_id').notNull(),
    /** The prompt, or an upload's name, as it is searched: without case, marks and punctuation. */
    words: text('words').notNull(),
    /** The same in ASCII, letter for letter: trigrams of other letters depend on the locale of the database. */
    parts: text('parts').notNull(),
    /** The words in their simple, English and Russian forms. */
    search: tsvector('search').notNull(),
  },
  (table) => [
    index('library_text_words').using('gin', table.ownerId, table.search),
    index('library_text_parts').using('gin', table.ownerId, sql`parts gin_trgm_ops`),
  ],
)

/** A named set of items; an item can be in several. */
export const collection = pgTable(
  'collection',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    name: text('name').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('collection_owner').on(table.ownerId, table.createdAt)],
)

export const collectionItem = pgTable(
  'collection_item',
  {
    collectionId: text('collection_id')
      .notNull()
      .references(() => collection.id, { onDelete: 'cascade' }),
    itemId: text('item_id')
      .notNull()
      .references(() => libraryItem.id, { onDelete: 'cascade' }),
    addedAt: moment('added_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.collectionId, table.itemId] }),
    index('collection_item_item').on(table.itemId),
  ],
)

/** What is downloaded as one ZIP by a link that holds for an hour. */
export const zipLink = pgTable(
  'zip_link',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    itemIds: text('item_ids').array().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('zip_link_created').on(table.createdAt)],
)

/** What an item was made from: one row for each input of a generation, written with it. It outlives the parent. */
export const lineage = pgTable(
  'lineage',
  {
    childId: text('child_id').notNull(),
    parentId: text('parent_id').notNull(),
    /** The part it played: `firstFrame`, `lastFrame`, `reference`, `sourceVideo`, `source`. */
    role: text('role').notNull(),
    /** Among those of its role, from 0. */
    place: integer('place').notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.childId, table.role, table.place] }),
    index('lineage_parent').on(table.parentId),
  ],
)

/** A composer saved under a name; `{words}` in its prompt are filled in when it is used. */
export const template = pgTable(
  'template',
  {
    id: text('id').primaryKey(),
    /** A user, a visitor, or an organization. */
    ownerId: text('owner_id').notNull(),
    /** The account that saved it; it changes it, and so do those who manage the organization. */
    madeBy: text('made_by').notNull(),
    /** Whether every member of the organization has it. */
    isShared: boolean('is_shared').notNull().default(false),
    name: text('name').notNull(),
    kind: text('kind').$type<'video' | 'image'>().notNull(),
    /** A request as the form sends it, less what is of one start alone. */
    settings: jsonb('settings').$type<TemplateSettings>().notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('template_owner').on(table.ownerId, table.createdAt)],
)
export type TemplateRow = typeof template.$inferSelect

/** A template that a user has starred: of their own, of the organization, or a ready-made one. */
export const templateStar = pgTable(
  'template_star',
  {
    userId: text('user_id').notNull(),
    templateId: text('template_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.templateId] }),
    index('template_star_template').on(table.templateId),
  ],
)

/** A table of requests that were admitted together. Its generations name it. */
export const batch = pgTable(
  'batch',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    name: text('name').notNull().default(''),
    /** How many generations it started. */
    total: integer('total').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    index('batch_owner').on(
      table.ownerId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
  ],
)
