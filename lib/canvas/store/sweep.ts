import { and, asc, eq, inArray, lt, sql } from 'drizzle-orm'
import { trashDays } from '#lib/contract/library/library'
import { canvas, canvasElement } from '../../db/canvas-schema.ts'
import { database, inTransaction } from '../../db/client.ts'
import { pace } from '../../pace.ts'
import { everySoOften } from '../../sweeping.ts'

const dayMs = 24 * 60 * 60 * 1000
const atOnce = 100
const requestsAtOnce = 5_000

const forgottenAtOnce = 5_000
/** For how long a page that was away is told of each element that was removed; after that it reads the canvas whole. */
const rememberedMs = 30 * dayMs

/**
 * Deletes canvases that have been in the trash for 30 days, and forgets old requests and what was removed 30 days ago, now
 * and every so often.
 */
export function sweepCanvases() {
  const once = () => sweepOnce(new Date())
  return everySoOften(pace().sweepUploadsMs, 'a sweep of the canvases failed', once)
}

/** The same once, so many a run. */
export async function sweepOnce(now: Date): Promise<void> {
  await deleteTrashed(now)
  await forgetRemoved(now)
  await database().execute(sql`
    delete from canvas_request where ctid = any (array(
      select ctid from canvas_request where at < ${new Date(now.getTime() - dayMs)}
      order by at limit ${requestsAtOnce}))`)
}

async function deleteTrashed(now: Date) {
  const expired = new Date(now.getTime() - trashDays * dayMs)
  const ids = await database()
    .select({ id: canvas.id })
    .from(canvas)
    .where(lt(canvas.trashedAt, expired))
    .orderBy(asc(canvas.trashedAt))
    .limit(atOnce)
  if (ids.length > 0)
    await database()
      .delete(canvas)
      .where(
        sql`${inArray(
          canvas.id,
          ids.map(({ id }) => id),
        )} and ${lt(canvas.trashedAt, expired)}`,
      )
}

/** Forgets elements that were removed long ago, canvas by canvas: each says from which version on it knows all. */
async function forgetRemoved(now: Date) {
  const isOld = lt(canvasElement.removedAt, new Date(now.getTime() - rememberedMs))
  const old = await database()
    .select({ canvasId: canvasElement.canvasId, id: canvasElement.id })
    .from(canvasElement)
    .where(isOld)
    .orderBy(asc(canvasElement.removedAt))
    .limit(forgottenAtOnce)
  for (const [canvasId, elements] of Map.groupBy(old, (one) => one.canvasId))
    await inTransaction(async (tx) => {
      // As a change does: one that brings back what is forgotten here comes before or after.
      await tx.select({ id: canvas.id }).from(canvas).where(eq(canvas.id, canvasId)).for('update')
      const ids = elements.map(({ id }) => id)
      const gone = await tx
        .delete(canvasElement)
        .where(and(eq(canvasElement.canvasId, canvasId), inArray(canvasElement.id, ids), isOld))
        .returning({ version: canvasElement.version })
      const version = Math.max(0, ...gone.map((one) => one.version))
      await tx
        .update(canvas)
        .set({ forgottenVersion: sql`greatest(forgotten_version, ${version})` })
        .where(eq(canvas.id, canvasId))
    })
}
