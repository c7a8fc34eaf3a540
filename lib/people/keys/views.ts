import { type SQL, desc, eq, sql } from 'drizzle-orm'
import type { KeyView } from '#lib/contract/people/api-key'
import { usdOf } from '#lib/contract/money'
import { apikey, user } from '../../db/auth-schema.ts'
import { type Transaction, database } from '../../db/client.ts'
import { spendingLimit } from '../../db/money-schema.ts'
import { heldScopes } from './scopes.ts'

/** Keys as their owners see them, newest first. Never the key itself: only its hash is kept. */
export async function viewsOfKeys(
  where: SQL | undefined,
  db: Pick<Transaction, 'select'> = database(),
): Promise<KeyView[]> {
  const rows = await db
    .select({ key: apikey, monthMicros: spendingLimit.monthMicros, createdBy: user.name })
    .from(apikey)
    .leftJoin(spendingLimit, eq(spendingLimit.scope, sql`'key:' || ${apikey.id}`))
    .leftJoin(user, eq(user.id, sql`${apikey.metadata}::jsonb ->> 'createdBy'`))
    .where(where)
    .orderBy(desc(apikey.createdAt), desc(apikey.id))
  return rows.map(({ key, monthMicros, createdBy }) => ({
    id: key.id,
    name: key.name ?? '',
    start: key.start ?? '',
    scopes: heldScopes(key.permissions, 'admin'),
    limitUsd: monthMicros === null ? null : usdOf(monthMicros),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastRequest?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
    createdBy,
  }))
}
