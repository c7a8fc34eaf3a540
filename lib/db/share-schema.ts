import { boolean, index, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

/** A link that shows one video to who has it. It tells nothing of its owner, and never spends. */
export const shareLink = pgTable(
  'share_link',
  {
    /** The unguessable part of the link. */
    token: text('token').primaryKey(),
    ownerId: text('owner_id').notNull(),
    createdBy: text('created_by').notNull(),
    generationId: text('generation_id').notNull(),
    /** The version that is shown. */
    assetId: text('asset_id').notNull(),
    withPrompt: boolean('with_prompt').notNull().default(false),
    mayDownload: boolean('may_download').notNull().default(false),
    passwordHash: text('password_hash'),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at'),
    revokedAt: moment('revoked_at'),
  },
  (table) => [
    index('share_link_generation').on(table.generationId),
    index('share_link_owner').on(table.ownerId),
  ],
)
