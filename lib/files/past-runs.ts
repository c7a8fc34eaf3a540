import { and, desc, eq, isNotNull } from 'drizzle-orm'
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
