import { sql } from 'drizzle-orm'
import type { NoticeKind } from '#lib/contract/people/notices'
import type { Transaction } from '../db/client.ts'
import { notice } from '../db/notice-schema.ts'
import { newId } from '../ids.ts'

export interface NewNotice {
  /** One logical notice: told twice, it is one. */
  key: string
  ownerId: string
  userId: string
  generationId: string
  /** Of the generation, with this change. */
  version: number
  kind: NoticeKind
  createdAt: Date
}

/**
 * Puts a notice into the outbox, in the transaction of the change it tells of. With the commit the open pages of its user
 * are told to look.
 */
export async function enqueueNotice(tx: Transaction, { version, ...values }: NewNotice) {
  await tx
    .insert(notice)
    .values({ ...values, id: newId('notice') })
    .onConflictDoNothing()
    .returning({
      told: sql<string>`pg_notify('generation_news', json_build_object(
        'ownerId', ${notice.userId}, 'fileId', ${notice.generationId}, 'version', ${version}::int,
        'change', 'told')::text)`.as('told'),
    })
}
