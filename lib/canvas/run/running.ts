import type { CanceledRuns } from '#lib/contract/canvas/run'
import { and, eq, isNotNull, isNull, notInArray, sql } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { cancelAll } from '../../generations/commands/cancel.ts'
import { type GenerationDeps, productionDeps } from '../../generations/engine/deps.ts'
import { finalStates } from '../../generations/states.ts'
import { findCanvas } from '../store/find-canvas.ts'

/** How many videos and images of an owner the runs of a canvas have not finished. */
export async function countRunning(ownerId: string, canvasId: string): Promise<number> {
  const isOwn = and(eq(generation.ownerId, ownerId), isNull(generation.deletedAt))
  return database().$count(generation, and(isOwn, isRunning(canvasId)))
}

/**
 * Cancels what runs of a canvas have not finished, and answers how much that was. What has begun at a provider that cannot
 * cancel goes on.
 */
export async function cancelRuns(
  ownerId: string,
  canvasId: string,
  deps: GenerationDeps = productionDeps(),
): Promise<CanceledRuns> {
  const { id } = await findCanvas(ownerId, canvasId)
  const { asked, canceled } = await cancelAll(ownerId, isRunning(id), deps)
  return { object: 'canvas.canceled', running: asked, canceled }
}

function isRunning(canvasId: string) {
  const place = sql`${generation.originPlace} ->> 'canvasId' = ${canvasId}`
  const isOfRun = and(eq(generation.originDoor, 'canvas'), isNotNull(generation.batchId), place)
  return and(isOfRun, notInArray(generation.state, [...finalStates]))
}
