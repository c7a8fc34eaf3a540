import { asc, inArray, lt, sql } from 'drizzle-orm'
import { trashDays } from '#lib/contract/library/library'
import { canvas } from '../../db/canvas-schema.ts'
import { database } from '../../db/client.ts'
import { log } from '../../log.ts'
import { pace } from '../../pace.ts'

const dayMs = 24 * 60 * 60 * 1000
const atOnce = 100
const requestsAtOnce = 5_000

/** Deletes canvases that have been in the trash for 30 days, and forgets old requests, now and every so often. */
export function sweepCanvases(): { stop(): void } {
  const sweep = () =>
    void sweepOnce(new Date()).catch((error: unknown) =>
      log().warn({ err: error }, 'a sweep of the canvases failed'),
    )
  sweep()
  const timer = setInterval(sweep, pace().sweepUploadsMs)
  return { stop: () => clearInterval(timer) }
}

/** The same once, so many a run. */
export async function sweepOnce(now: Date): Promise<void> {
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
  await database().execute(sql`
    delete from canvas_request where ctid = any (array(
      select ctid from canvas_request where at < ${new Date(now.getTime() - dayMs)}
      order by at limit ${requestsAtOnce}))`)
}
