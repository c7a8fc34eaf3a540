import { message } from '#lib/messages/message'
import { and, asc, eq, gt } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { newId } from '../../ids.ts'
import { applyEvent } from '../store.ts'

const atOnce = 500

/**
 * After a restore, before anything is submitted: what was queued when the backup was made may have been submitted by
 * the original since. Each such row is given an attempt of unknown outcome, so that its owner decides. Answers how
 * many. Safe to call again.
 */
export async function holdBackQueued(now = new Date()): Promise<number> {
  let held = 0
  let rows = await queuedAfter('')
  while (rows.length > 0) {
    for (const row of rows) if (await holdBack(row, now)) held += 1
    rows = await queuedAfter(rows.at(-1)!.id)
  }
  return held
}

function holdBack(row: typeof generation.$inferSelect, startedAt: Date) {
  const { id, provider, providerLabel, model, priceMicros } = row
  const reason = message('route.after_backup')
  const at = { provider, providerLabel, model, priceMicros, consoleUrl: null, startedAt }
  const attempt = { ...at, idempotencyKey: newId('token'), reason }
  return applyEvent(id, { type: 'restored', attempt })
}

function queuedAfter(id: string) {
  return database()
    .select()
    .from(generation)
    .where(and(eq(generation.state, 'queued'), gt(generation.id, id)))
    .orderBy(asc(generation.id))
    .limit(atOnce)
}
