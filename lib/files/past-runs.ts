import { and, desc, eq, gt, isNotNull, sql } from 'drizzle-orm'
import { database } from '../db/client.ts'
import { file } from '../db/schema.ts'

/** A finished generation of a model: what it was and how long it took, from submit to ready. */
export interface PastRun {
  tookMs: number
  width: number
  height: number
  duration: number
}

/** The latest finished generations of a model on this installation, the newest first. */
export async function pastRuns(model: string, limit: number): Promise<PastRun[]> {
  const rows = await database()
    .select()
    .from(file)
    .where(and(eq(file.model, model), eq(file.state, 'completed'), isNotNull(file.startedAt)))
    .orderBy(desc(file.finishedAt))
    .limit(limit)
  return rows.map(({ startedAt, finishedAt, width, height, duration }) => ({
    tookMs: finishedAt!.getTime() - startedAt!.getTime(),
    width,
    height,
    duration,
  }))
}

const lookedBackMs = 30 * 24 * 60 * 60 * 1000

/** Median seconds from submit to ready of each model's runs in the last thirty days, by model id. */
export async function usualSeconds(now: Date): Promise<ReadonlyMap<string, number>> {
  const took = sql`extract(epoch from ${file.finishedAt} - ${file.startedAt})`
  const rows = await database()
    .select({
      model: file.model,
      seconds: sql<number>`round(percentile_cont(0.5) within group (order by ${took}))::int`,
    })
    .from(file)
    .where(
      and(
        eq(file.state, 'completed'),
        isNotNull(file.startedAt),
        gt(file.finishedAt, new Date(now.getTime() - lookedBackMs)),
      ),
    )
    .groupBy(file.model)
  return new Map(rows.map(({ model, seconds }) => [model, seconds]))
}
