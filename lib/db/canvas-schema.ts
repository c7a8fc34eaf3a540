import { bigint, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'
import { sql } from 'drizzle-orm'
import type { CanvasEdge, CanvasNode } from '#lib/contract/canvas/canvas'
import { jsonb, moment } from './columns.ts'

/** A canvas: its nodes and edges are elements of their own, so that two who edit it write over nothing of each other. */
export const canvas = pgTable(
  'canvas',
  {
    /** `canvas_...`: the name of its API and its channel. */
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    name: text('name').notNull().default(''),
    /** Grows by one with every change of the canvas or of an element; a trigger sends NOTIFY with it. */
    version: bigint('version', { mode: 'number' }).notNull().default(1),
    createdAt: moment('created_at').notNull(),
    changedAt: moment('changed_at').notNull(),
    /** Since when it is in the trash; it is deleted 30 days later. */
    trashedAt: moment('trashed_at'),
    /** Of all that was removed up to this version nothing is kept any more: a page that has seen less reads all again. */
    forgottenVersion: bigint('forgotten_version', { mode: 'number' }).notNull().default(0),
  },
  (table) => [
    index('canvas_newest')
      .on(table.ownerId, table.changedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`trashed_at is null`),
    index('canvas_trash')
      .on(table.ownerId, table.trashedAt.desc().nullsFirst(), table.id.desc().nullsFirst())
      .where(sql`trashed_at is not null`),
    index('canvas_expired')
      .on(table.trashedAt)
      .where(sql`trashed_at is not null`),
  ],
)
export type CanvasRow = typeof canvas.$inferSelect

/** A node or an edge of a canvas, as of the version of the canvas that changed it last. */
export const canvasElement = pgTable(
  'canvas_element',
  {
    canvasId: text('canvas_id')
      .notNull()
      .references(() => canvas.id, { onDelete: 'cascade' }),
    /** `node_...` or `edge_...`, made by the client. */
    id: text('id').notNull(),
    version: bigint('version', { mode: 'number' }).notNull(),
    /** Null once it was removed: the row stays for 30 days, so that a page that was away is told. */
    node: jsonb('node').$type<CanvasNode>(),
    edge: jsonb('edge').$type<CanvasEdge>(),
    /** The conversation of a chat node. */
    chatId: text('chat_id'),
    /** Since when it is removed. */
    removedAt: moment('removed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.canvasId, table.id] }),
    index('canvas_element_changed').on(table.canvasId, table.version),
    index('canvas_element_chat')
      .on(table.chatId)
      .where(sql`chat_id is not null`),
    index('canvas_element_removed')
      .on(table.removedAt)
      .where(sql`removed_at is not null`),
  ],
)
export type CanvasElementRow = typeof canvasElement.$inferSelect

/** A request that changed a canvas, kept for a day: sent again, it changes nothing more. */
export const canvasRequest = pgTable(
  'canvas_request',
  {
    canvasId: text('canvas_id')
      .notNull()
      .references(() => canvas.id, { onDelete: 'cascade' }),
    requestId: text('request_id').notNull(),
    at: moment('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.canvasId, table.requestId] }),
    index('canvas_request_at').on(table.at),
  ],
)
