import {
  type AnyPgColumn,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core'
import { jsonb } from './columns.ts'
import type { ChatMessage } from '#lib/contract/chat'
import type { Caller } from '#lib/contract/people/caller'

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })
const chatId = () =>
  text('chat_id')
    .notNull()
    .references((): AnyPgColumn => chat.id, { onDelete: 'cascade' })

/**
 * A conversation. At most one answer of it is being written at a time: the one `answer_id` names. Its own id never leaves
 * the server: the world knows it by the id that its browser has minted, which is its owner's alone.
 */
export const chat = pgTable(
  'chat',
  {
    id: text('id').primaryKey(),
    ownerId: text('user_id').notNull(),
    /** Unique for its owner: another owner's chat may have the same. */
    publicId: text('public_id').notNull(),
    title: text('title').notNull(),
    /** The title as `searchable` makes it. */
    searchTitle: text('search_title').notNull().default(''),

    /** The message the answer is written into; null where none is. A process that died leaves it set. */
    answerId: text('answer_id'),
    /** Who asked for it, and pays for what it starts. */
    answerFor: jsonb('answer_for').$type<Caller>(),
    answerAttempts: integer('answer_attempts').notNull().default(0),
    /** The process that writes it, and until when it is believed to be alive. */
    leaseId: text('lease_id'),
    leaseUntil: moment('lease_until'),
    stopRequestedAt: moment('stop_requested_at'),

    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    unique('chat_user_public_id').on(table.ownerId, table.publicId),
    index('chat_user_updated').on(
      table.ownerId,
      table.updatedAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
  ],
)
export type ChatRow = typeof chat.$inferSelect

/** A message as the SDK's UI shows it. Its id is the browser's, so it is unique within its chat only. */
export const chatMessage = pgTable(
  'chat_message',
  {
    chatId: chatId(),
    id: text('id').notNull(),
    position: integer('position').notNull(),
    role: text('role').$type<'user' | 'assistant'>().notNull(),
    parts: jsonb('parts').$type<ChatMessage['parts']>().notNull(),
    metadata: jsonb('metadata').$type<NonNullable<ChatMessage['metadata']>>().notNull(),
    /** What of it can be searched for: its texts and the prompts of its videos, as `searchable` makes them. */
    searchText: text('search_text').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.id] }),
    unique('chat_message_position').on(table.chatId, table.position),
  ],
)
export type ChatMessageRow = typeof chatMessage.$inferSelect

/** The videos that were made in a chat, numbered in order of appearance. They outlive the messages that made them. */
export const chatVideo = pgTable(
  'chat_video',
  {
    chatId: chatId(),
    fileId: text('file_id').notNull(),
    parentFileId: text('parent_file_id'),
    number: integer('number').notNull(),
    /** The answer it was started in; null for a version made outside the conversation. */
    messageId: text('message_id'),
    /** The idempotency key it was started under: kept here for good, while the keys themselves live for a day. */
    callKey: text('call_key').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chatId, table.fileId] }),
    unique('chat_video_number').on(table.chatId, table.number),
    index('chat_video_call_key').on(table.chatId, table.callKey),
  ],
)

/** One row for each turn, kept for an hour: the limit of messages a minute is counted from them. */
export const chatTurn = pgTable(
  'chat_turn',
  { ownerId: text('user_id').notNull(), at: moment('at').notNull() },
  (table) => [index('chat_turn_user_at').on(table.ownerId, table.at)],
)
