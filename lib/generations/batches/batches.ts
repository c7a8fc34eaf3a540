import { and, asc, desc, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import type { BatchSummary, BatchView } from '#lib/contract/library/batch'
import { fileStatuses, type FileStatus } from '#lib/contract/file-view'
import { usdOf } from '#lib/contract/money'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { batch } from '../../db/library-schema.ts'
import { cancelAll } from '../commands/cancel.ts'
import { finalStates, statusOfState } from '../states.ts'

const listedAtMost = 20

/** A batch of this owner as one thing; undefined where there is none of this id. */
export async function findBatch(ownerId: string, id: string): Promise<BatchView | undefined> {
  const isMeant = and(eq(batch.id, id), eq(batch.ownerId, ownerId))
  const [found] = await database().select().from(batch).where(isMeant)
  if (!found) return undefined
  const { batchRow, state, prompt } = generation
  const rows = await database()
    .select({ id: generation.id, batchRow, state, prompt })
    .from(generation)
    .where(isOf(ownerId, [id]))
    .orderBy(asc(batchRow), asc(generation.id))
  const items = rows.map((row) => ({
    row: row.batchRow ?? 0,
    fileId: row.id,
    prompt: row.prompt,
    status: statusOfState(row.state),
  }))
  return { ...summaryOf(found, await sumsOf(ownerId, [id])), items }
}

/** The newest batches of an owner, at most 20. */
export async function listBatches(ownerId: string): Promise<BatchSummary[]> {
  const found = await database()
    .select()
    .from(batch)
    .where(eq(batch.ownerId, ownerId))
    .orderBy(desc(batch.createdAt), desc(batch.id))
    .limit(listedAtMost)
  const ids = found.map(({ id }) => id)
  const sums = ids.length > 0 ? await sumsOf(ownerId, ids) : []
  return found.map((one) => summaryOf(one, sums))
}

/** Cancels what of a batch has not ended, and is not too late for it; undefined where there is none of this id. */
export async function cancelBatch(ownerId: string, id: string): Promise<BatchView | undefined> {
  const isOpen = notInArray(generation.state, [...finalStates])
  await cancelAll(ownerId, and(eq(generation.batchId, id), isOpen))
  return findBatch(ownerId, id)
}

function isOf(ownerId: string, batchIds: string[]) {
  return and(
    inArray(generation.batchId, batchIds),
    eq(generation.ownerId, ownerId),
    isNull(generation.deletedAt),
  )
}

/** How many of each batch are in each state, and their prices together. */
function sumsOf(ownerId: string, batchIds: string[]) {
  const { batchId, state } = generation
  return database()
    .select({
      batchId,
      state,
      count: sql<number>`count(*)::int`,
      quotedMicros: sql<string>`sum(quoted_micros)`,
      ceilingMicros: sql<string>`sum(ceiling_micros)`,
    })
    .from(generation)
    .where(isOf(ownerId, batchIds))
    .groupBy(batchId, state)
}

function summaryOf(
  { id, name, total, createdAt }: typeof batch.$inferSelect,
  sums: Awaited<ReturnType<typeof sumsOf>>,
): BatchSummary {
  const mine = sums.filter(({ batchId }) => batchId === id)
  const countOf = (status: FileStatus) =>
    mine
      .filter(({ state }) => statusOfState(state) === status)
      .reduce((sum, { count }) => sum + count, 0)
  const counts = Object.fromEntries(fileStatuses.map((status) => [status, countOf(status)]))
  const usdOfAll = (part: 'quotedMicros' | 'ceilingMicros') =>
    usdOf(mine.reduce((micros, one) => micros + Number(one[part]), 0))
  return {
    id,
    name,
    total,
    counts: counts as Record<FileStatus, number>,
    estimatedUsd: usdOfAll('quotedMicros'),
    upToUsd: usdOfAll('ceilingMicros'),
    createdAt: createdAt.toISOString(),
  }
}
