import { index, pgTable, text } from 'drizzle-orm/pg-core'
import { moment } from './columns.ts'

/** A link that lets one person in. Only the hash of its token is kept; used, revoked or expired it opens nothing. */
export const invitationLink = pgTable(
  'invitation_link',
  {
    id: text('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    /** In the installation; null where the link only adds to an organisation. */
    role: text('role').$type<'admin' | 'user'>().notNull().default('user'),
    organizationId: text('organization_id'),
    organizationRole: text('organization_role').$type<'owner' | 'admin' | 'member'>(),
    createdBy: text('created_by').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
    usedAt: moment('used_at'),
    usedBy: text('used_by'),
  },
  (table) => [
    index('invitation_link_created').on(table.createdAt.desc().nullsFirst()),
    index('invitation_link_organization').on(table.organizationId),
  ],
)

/** The one-time links that operators make: the first owner's, and those that set a new password. */
export const oneTimeLink = pgTable('one_time_link', {
  tokenHash: text('token_hash').primaryKey(),
  purpose: text('purpose').$type<'setup' | 'reset'>().notNull(),
  /** Whose password it sets; null for the first owner's. */
  userId: text('user_id'),
  createdAt: moment('created_at').notNull(),
  expiresAt: moment('expires_at').notNull(),
  usedAt: moment('used_at'),
})

/**
 * Anonymous work that moved into an account. What is written for `fromId` from then on is written for `toId`: a trigger
 * on each table with an owner sees to it, so that no request that was under way meanwhile leaves anything behind.
 */
export const adoption = pgTable('adoption', {
  fromId: text('from_id').primaryKey(),
  toId: text('to_id').notNull(),
  at: moment('at').notNull().defaultNow(),
})
