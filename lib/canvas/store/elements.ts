import { and, eq, gt, inArray, isNotNull, or, sql } from 'drizzle-orm'
import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import type { CanvasChange, CanvasElement, CanvasView } from '#lib/contract/canvas/canvas'
import { type CanvasRow, canvasElement } from '../../db/canvas-schema.ts'
import { type Database, type Transaction, database } from '../../db/client.ts'
import { findCanvas } from './find-canvas.ts'

type Reads = Database | Transaction

/**
 * The canvas with what has changed since a version; all that is there since 0, since one that was never there, and since one
 * so old that what was removed after it is not known any more.
 */
export async function viewOf(
  row: CanvasRow,
  since: number | undefined,
  db: Reads = database(),
): Promise<CanvasView> {
  const isWhole = since !== undefined && isTooOld(since, row)
  const elements = since === undefined ? [] : await changedSince(row.id, isWhole ? 0 : since, db)
  const { id, name, version } = row
  return {
    object: 'canvas',
    id,
    name,
    version,
    createdAt: row.createdAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    isTrashed: row.trashedAt !== null,
    isWhole,
    elements,
  }
}

function isTooOld(since: number, { version, forgottenVersion }: CanvasRow) {
  return since === 0 || since > version || since < forgottenVersion
}

async function changedSince(id: string, from: number, db: Reads): Promise<CanvasElement[]> {
  const rows = await db
    .select()
    .from(canvasElement)
    .where(
      and(
        eq(canvasElement.canvasId, id),
        from > 0
          ? gt(canvasElement.version, from)
          : or(isNotNull(canvasElement.node), isNotNull(canvasElement.edge)),
      ),
    )
  return rows.map(({ id, version, node, edge }) => ({ id, version, node, edge }))
}

/** What changes of a canvas need to see of it: those that join or part nodes all of it, the others the nodes they name. */
export async function contentFor(
  tx: Transaction,
  canvasId: string,
  changes: readonly CanvasChange[],
): Promise<CanvasContent> {
  const ids = changes.flatMap((change) => (isOfOneNode(change) ? [change.id] : []))
  return readContent(tx, canvasId, ids.length < changes.length ? undefined : ids)
}

function isOfOneNode(change: CanvasChange): change is Extract<CanvasChange, { change: 'set' }> {
  return change.change === 'set' && change.id.startsWith('node_') && !('groupId' in change.fields)
}

/** A canvas as it is; or some of its nodes, with the groups that these are in. */
export async function readContent(
  db: Reads,
  canvasId: string,
  ids?: string[],
): Promise<CanvasContent> {
  if (ids?.length === 0) return { nodes: new Map(), edges: new Map() }
  const groups =
    ids &&
    sql`${canvasElement.id} in (
    select inside.node->>'groupId' from canvas_element inside
    where inside.canvas_id = ${canvasId} and inside.id in ${ids})`
  const isMeant = ids && or(inArray(canvasElement.id, ids), groups)
  const rows = await db
    .select({ node: canvasElement.node, edge: canvasElement.edge })
    .from(canvasElement)
    .where(and(eq(canvasElement.canvasId, canvasId), isMeant))
  return {
    nodes: new Map(rows.flatMap(({ node }) => (node ? [[node.id, node] as const] : []))),
    edges: new Map(rows.flatMap(({ edge }) => (edge ? [[edge.id, edge] as const] : []))),
  }
}

/** Writes what was touched, as of a version; of what is gone it keeps that it is. */
export async function writeElements(
  tx: Transaction,
  canvasId: string,
  {
    touched,
    content,
    version,
  }: { touched: Iterable<string>; content: CanvasContent; version: number },
) {
  const rows = [...touched].map((id) => {
    const node = content.nodes.get(id) ?? null
    const chatId = node?.kind === 'chat' ? node.chatId : null
    const edge = content.edges.get(id) ?? null
    const removedAt = node || edge ? null : sql`now()`
    return { canvasId, id, version, node, edge, chatId, removedAt }
  })
  for (let from = 0; from < rows.length; from += rowsAtOnce)
    await tx
      .insert(canvasElement)
      .values(rows.slice(from, from + rowsAtOnce))
      .onConflictDoUpdate({
        target: [canvasElement.canvasId, canvasElement.id],
        set: {
          version,
          node: sql`excluded.node`,
          edge: sql`excluded.edge`,
          chatId: sql`excluded.chat_id`,
          removedAt: sql`excluded.removed_at`,
        },
      })
}

const rowsAtOnce = 1_000

/** A larger canvas is read by its page: sent with it, the page itself would come late. */
const mostCharacters = 2_000_000

/** All of an owner's canvas as JSON, to be sent with its page; null for a very large one. Throws `not_found`. */
export async function viewToSend(ownerId: string, canvasId: string): Promise<string | null> {
  const view = JSON.stringify(await viewOf(await findCanvas(ownerId, canvasId), 0))
  return view.length > mostCharacters ? null : view
}
