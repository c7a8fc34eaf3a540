import { shownVersion } from '#lib/contract/canvas/brought'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import type { CanvasPlan, CanvasRunRequest } from '#lib/contract/canvas/run'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { and, inArray, isNull } from 'drizzle-orm'
import { database } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError } from '../../errors.ts'
import { readContent } from '../store/elements.ts'
import { findCanvas } from '../store/find-canvas.ts'
import { Frames } from './frames.ts'
import { type Made, type Plan, Planning } from './planning.ts'
import { countRunning } from './running.ts'
import { basisOf, nodesOfRun } from './scope.ts'

/** What a run comes to: what is shown of it, and what is started. */
export interface Planned extends Plan {
  plan: CanvasPlan
  /** The canvas it was read from: its version then, and all of it that the plan hangs on. */
  read: { version: number; basis: string }
}

/**
 * What a run would make, in order, and what it costs. What was made of the same before is used as it is; one that cannot be
 * made is named with the reason. Nothing is started. Throws `not_found` where there is no such canvas of this owner, and
 * `not_possible_now` where it is in the trash.
 */
export async function planRun(
  caller: Caller,
  canvasId: string,
  request: CanvasRunRequest,
  now = new Date(),
): Promise<Planned> {
  const { ownerId } = caller
  const { id, version, trashedAt } = await findCanvas(ownerId, canvasId)
  if (trashedAt)
    throw new AppError('not_possible_now', { userMessage: message('canvasRun.inTrash') })
  const graph = await readContent(database(), id)
  const nodes = nodesOfRun(graph, request)
  const made = await madeOf(nodes)
  const videos = nodes
    .filter(({ kind }) => kind === 'video')
    .flatMap((one) => shownVersion(one) ?? [])
  const frames = await Frames.of(ownerId, videos)
  const planning = new Planning({ caller, graph, request, made, frames, now })
  const read = { version, basis: basisOf(graph, request) }
  const planned = await planning.planAll(nodes)
  const running = await countRunning(ownerId, id)
  return { ...planned, plan: { ...planned.plan, running }, read }
}

/** What is known of the shown versions; nothing of uploads. */
async function madeOf(nodes: readonly MediaNode[]): Promise<Map<string, Made>> {
  const ids = nodes.flatMap((node) => shownVersion(node) ?? [])
  if (ids.length === 0) return new Map()
  const { id, state, settingsHash, settings } = generation
  const rows = await database()
    .select({ id, state, settingsHash, settings })
    .from(generation)
    .where(and(inArray(id, ids), isNull(generation.deletedAt)))
  return new Map(rows.map((row) => [row.id, row]))
}
