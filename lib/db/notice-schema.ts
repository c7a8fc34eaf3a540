import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import { jsonb, micros, moment } from './columns.ts'
import type { AspectRatio } from '#lib/contract/model-view'
import type { NoticeKind, NoticeSettings, NoticeTry } from '#lib/contract/people/notices'

/**
 * What a user is to be told of a generation: the outbox. Written in the transaction of the change it tells of, and
 * delivered by channels afterwards. It keeps what it says, so that it outlives its generation.
 */
export const notice = pgTable(
  'notice',
  {
    id: text('id').primaryKey(),
    /** One logical notice: the same change told twice is one row. */
    key: text('key').notNull().unique(),
    ownerId: text('owner_id').notNull(),
    /** Who started it, and is told. */
    userId: text('user_id').notNull(),
    generationId: text('generation_id').notNull(),
    kind: text('kind').$type<NoticeKind>().notNull(),
    createdAt: moment('created_at').notNull(),
    /** When its deliveries were written; null while it waits for that. */
    spreadAt: moment('spread_at'),
    /** When its user saw it: in the bell, or in a tab that showed the video. */
    seenAt: moment('seen_at'),
  },
  (table) => [
    index('notice_due')
      .on(table.createdAt)
      .where(sql`spread_at is null`),
    index('notice_created').on(table.createdAt),
    index('notice_user').on(
      table.userId,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
    index('notice_unseen')
      .on(table.userId)
      .where(sql`seen_at is null`),
  ],
)

/** One notice for one address of one channel: sent once, tried until it is, or for a day. */
export const noticeDelivery = pgTable(
  'notice_delivery',
  {
    id: text('id').primaryKey(),
    noticeId: text('notice_id')
      .notNull()
      .references(() => notice.id, { onDelete: 'cascade' }),
    ownerId: text('owner_id').notNull(),
    channel: text('channel').$type<'push' | 'telegram' | 'webhook' | 'mail'>().notNull(),
    /** Where to, in the words of the channel: a subscription, a chat, an endpoint, an address. */
    target: text('target').notNull(),
    state: text('state').$type<'due' | 'sent' | 'failed' | 'dropped'>().notNull().default('due'),
    tries: integer('tries').notNull().default(0),
    dueAt: moment('due_at').notNull(),
    /** The process that sends it now, and until when it is believed to be alive. */
    leaseId: text('lease_id'),
    leaseUntil: moment('lease_until'),
    sentAt: moment('sent_at'),
    /** The last tries and what was answered to them, newest last. */
    answers: jsonb('answers').$type<NoticeTry[]>().notNull().default([]),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    // Spread again, a notice has the same deliveries.
    uniqueIndex('notice_delivery_once').on(table.noticeId, table.channel, table.target),
    // Owners and addresses take turns: however much waits for one of them, the next is one step away.
    index('notice_delivery_turn')
      .on(table.ownerId, table.channel, table.target, table.dueAt)
      .where(sql`state = 'due'`),
    // What is due first is one step away too, however much is due later.
    index('notice_delivery_due')
      .on(table.dueAt)
      .where(sql`state = 'due'`),
    index('notice_delivery_held')
      .on(table.channel, table.target)
      .where(sql`lease_id is not null`),
    index('notice_delivery_owner').on(
      table.ownerId,
      table.channel,
      table.createdAt.desc().nullsFirst(),
      table.id.desc().nullsFirst(),
    ),
  ],
)

/** How a user wants to be told; without a row, as `NoticeSettings` says by default. */
export const noticeSetting = pgTable('notice_setting', {
  userId: text('user_id').primaryKey(),
  settings: jsonb('settings').$type<NoticeSettings>().notNull(),
  /** The language of what is sent. */
  locale: text('locale').$type<'en' | 'ru'>().notNull(),
})

/** A browser that takes pushes. Its address is named by the browser: hostile input. */
export const pushSubscription = pgTable(
  'push_subscription',
  {
    id: text('id').primaryKey(),
    userId: text('user_id').notNull(),
    endpoint: text('endpoint').notNull().unique(),
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    /** The browser, for the list. */
    agent: text('agent').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('push_subscription_user').on(table.userId)],
)

/** An address of a user's own program that is told of the videos of an owner. */
export const webhookEndpoint = pgTable(
  'webhook_endpoint',
  {
    id: text('id').primaryKey(),
    ownerId: text('owner_id').notNull(),
    createdBy: text('created_by').notNull(),
    url: text('url').notNull(),
    kinds: jsonb('kinds').$type<NoticeKind[]>().notNull(),
    isOn: boolean('is_on').notNull().default(true),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [index('webhook_endpoint_owner').on(table.ownerId)],
)

/** What an owner's outgoing webhooks are signed with: `whsec_...`. The one before stays valid beside it for a day. */
export const webhookSecret = pgTable('webhook_secret', {
  ownerId: text('owner_id').primaryKey(),
  secret: text('secret').notNull(),
  formerSecret: text('former_secret'),
  changedAt: moment('changed_at').notNull(),
})

/** A Telegram chat and the account it speaks for. */
export const telegramLink = pgTable(
  'telegram_link',
  {
    bot: text('bot').notNull(),
    /** Telegram's own number of the user, in decimal. */
    telegramId: text('telegram_id').notNull(),
    userId: text('user_id').notNull(),
    /** Whose money and videos it uses: the user's own, or an organization's. */
    ownerId: text('owner_id').notNull(),
    username: text('username'),
    locale: text('locale').$type<'en' | 'ru'>().notNull(),
    /** Format and model chosen in the chat, as the start takes them. */
    settings: jsonb('settings')
      .$type<Record<string, string | number | boolean>>()
      .notNull()
      .default({}),
    /** Since when the user refuses messages of the bot. */
    blockedAt: moment('blocked_at'),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.bot, table.telegramId] }),
    index('telegram_link_user').on(table.userId),
  ],
)

/** A one-time code that links a Telegram chat to the account that asked for it. Only its hash is kept. */
export const telegramCode = pgTable('telegram_code', {
  codeHash: text('code_hash').primaryKey(),
  userId: text('user_id').notNull(),
  ownerId: text('owner_id').notNull(),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})

/** What Telegram sent us, kept before it is confirmed: handled once, tried again where that failed. */
export const telegramUpdate = pgTable(
  'telegram_update',
  {
    bot: text('bot').notNull(),
    updateId: bigint('update_id', { mode: 'number' }).notNull(),
    chatId: text('chat_id').notNull(),
    /** Null once it is handled. */
    body: jsonb('body').$type<object>(),
    receivedAt: moment('received_at').notNull(),
    dueAt: moment('due_at').notNull(),
    tries: integer('tries').notNull().default(0),
    handledAt: moment('handled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.bot, table.updateId] }),
    index('telegram_update_due')
      .on(table.bot, table.dueAt)
      .where(sql`handled_at is null`),
    index('telegram_update_chat').on(table.bot, table.chatId, table.receivedAt),
    index('telegram_update_received').on(table.receivedAt),
  ],
)

/** A video that a chat asks for: first a question with its price, then the message that shows its progress and end. */
export const telegramVideo = pgTable(
  'telegram_video',
  {
    id: text('id').primaryKey(),
    bot: text('bot').notNull(),
    /** In a private chat the number of its user, too. */
    chatId: text('chat_id').notNull(),
    /** What asked for it: a message, or a button under one. The same thing twice is one video. */
    source: text('source').notNull(),
    /** Null while a picture waits for its words. */
    prompt: text('prompt'),
    imageId: text('image_id'),
    /** The generation it is another of; null for a new one. */
    fromId: text('from_id'),
    model: text('model'),
    aspectRatio: text('aspect_ratio').$type<AspectRatio>(),
    /** Grows with every choice: a button of an older question starts nothing. */
    revision: integer('revision').notNull().default(0),
    /** The most that the question names; null before it was asked. */
    askedMicros: micros('asked_micros'),
    /** Our message in the chat: the question, and later the progress. */
    messageId: bigint('message_id', { mode: 'number' }),
    userId: text('user_id').notNull(),
    ownerId: text('owner_id').notNull(),
    generationId: text('generation_id'),
    /** The version of the generation that the message shows. */
    shownVersion: integer('shown_version').notNull().default(0),
    /** When the message may be looked after next, and by whom until when. */
    dueAt: moment('due_at'),
    tries: integer('tries').notNull().default(0),
    /** The message with the finished video. */
    sentMessageId: bigint('sent_message_id', { mode: 'number' }),
    createdAt: moment('created_at').notNull(),
  },
  (table) => [
    unique('telegram_video_source').on(table.bot, table.chatId, table.source),
    unique('telegram_video_generation').on(table.bot, table.chatId, table.generationId),
    index('telegram_video_due')
      .on(table.bot, table.dueAt)
      .where(sql`due_at is not null`),
    index('telegram_video_chat').on(table.bot, table.chatId, table.createdAt),
  ],
)
export type TelegramVideo = typeof telegramVideo.$inferSelect
