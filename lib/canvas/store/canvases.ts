import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { withBasePath } from '#lib/contract/calls/base-path'
import {
  type CanvasPage,
  type CanvasSummary,
  type CanvasView,
  canvasesAtMost,
} from '#lib/contract/canvas/canvas'
import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import { message } from '#lib/messages/message'
import { type CanvasRow, canvas } from '../../db/canvas-schema.ts'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { adopterOf, isOwnerThere } from '../../db/queries/adopted.ts'
import { afterCursor, cursorOf } from '../../db/queries/keyset.ts'
import { AppError } from '../../errors.ts'
import { newId } from '../../ids.ts'
import { viewOf, writeElements } from './elements.ts'
import { canvasNotFound, lockCanvas } from './find-canvas.ts'
import { assertWeight } from './weight.ts'

const pageSize = 24

export interface ListCanvases {
  search?: string | undefined
  cursor?: string | undefined
  isTrash?: boolean
}

/** An owner's canvases, the last changed first, a page at a time; those with the words in their name. */
export async function listCanvases(ownerId: string, query: ListCanvases): Promise<CanvasPage> {
  const { search = '', cursor, isTrash = false } = query
  const at = isTrash ? canvas.trashedAt : canvas.changedAt
  const hasWords = sql`position(library_words(${search}) in library_words(${canvas.name})) > 0`
  const rows = await database()
    .select()
    .from(canvas)
    .where(
      and(
        eq(canvas.ownerId, ownerId),
        isTrash ? isNotNull(canvas.trashedAt) : isNull(canvas.trashedAt),
        search.trim() === '' ? undefined : hasWords,
        afterCursor(cursor, 'canvas', [at, canvas.id]),
      ),
    )
    .orderBy(desc(at), desc(canvas.id))
    .limit(pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = rows.length > pageSize ? page.at(-1) : undefined
  return {
    canvases: await summariesOf(page),
    nextCursor: last ? cursorOf((isTrash && last.trashedAt) || last.changedAt, last.id) : null,
  }
}

/** A canvas as it is listed. */
export async function summaryOf(row: CanvasRow): Promise<CanvasSummary> {
  const [summary] = await summariesOf([row])
  return summary!
}

interface Shown {
  [name: string]: unknown
  canvas_id: string
  nodes: number
  posters: string[] | null
}

// Of each canvas its nodes are counted, and the four that changed last are looked at, by the index of its elements.
async function summariesOf(rows: CanvasRow[]): Promise<CanvasSummary[]> {
  if (rows.length === 0) return []
  const ids = sql`array[${sql.join(
    rows.map(({ id }) => sql`${id}`),
    sql`, `,
  )}]::text[]`
  const { rows: shown } = await database().execute<Shown>(sql`
    select c.id as canvas_id,
      (select count(*)::int from canvas_element e where e.canvas_id = c.id and e.node is not null) as nodes,
      (select json_agg(pictures.path order by pictures.version desc) from (
        select e.version, case
          when item.media = 'image' then item.id || '/' || substring(held.storage_key from '[^/]*$')
          when held.has_poster then item.id || '/' || coalesce(held.poster_name, 'poster.jpg') end as path
        from canvas_element e
        join library_item item on item.owner_id = c.owner_id
          and item.id = coalesce(e.node->>'pinned', e.node->'versions'->>-1)
        join asset held on held.generation_id = item.id or (held.id = item.id and held.generation_id is null)
        where e.canvas_id = c.id and e.node->>'kind' in ('image', 'video')
          and (item.media = 'image' or held.has_poster)
        order by e.version desc limit 4) pictures) as posters
    from canvas c where c.id = any(${ids})`)
  const byId = new Map(shown.map((one) => [one.canvas_id, one]))
  return rows.map(({ id, name, createdAt, changedAt, trashedAt }) => ({
    id,
    name,
    nodes: byId.get(id)?.nodes ?? 0,
    posters: (byId.get(id)?.posters ?? []).map((path) => withBasePath(`/api/media/${path}`)),
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    isTrashed: trashedAt !== null,
  }))
}

export interface NewCanvas {
  name: string
  content?: CanvasContent
}

/** Makes a canvas, empty or with what is in it. Throws `not_possible_now` where the owner has as many as there may be. */
export async function makeCanvas(
  ownerId: string,
  { name, content }: NewCanvas,
): Promise<CanvasView> {
  return inTransaction(async (tx) => {
    const row = await insertCanvas(tx, ownerId, name)
    if (content) {
      const touched = [...content.nodes.keys(), ...content.edges.keys()]
      await writeElements(tx, row.id, { touched, content, version: row.version })
      await assertWeight(tx, row.id, 'nodes')
    }
    return viewOf(row, 0, tx)
  })
}

async function insertCanvas(tx: Transaction, askedBy: string, name: string) {
  const ownerId = await adopterOf(askedBy, tx)
  if (!(await isOwnerThere(ownerId, tx))) throw canvasNotFound()
  if ((await tx.$count(canvas, eq(canvas.ownerId, ownerId))) >= canvasesAtMost) throw tooMany()
  const [createdAt, changedAt] = [sql`now()`, sql`now()`]
  const [row] = await tx
    .insert(canvas)
    .values({ id: newId('canvas'), ownerId, name, createdAt, changedAt })
    .returning()
  return row!
}

/** Moves a canvas to the trash; twice is the same as once. Throws `not_found` where there is none. */
export async function trashCanvas(ownerId: string, id: string): Promise<void> {
  await inTransaction(async (tx) => {
    const row = await lockCanvas(tx, ownerId, id)
    if (row.trashedAt) return
    await tx
      .update(canvas)
      .set({ trashedAt: sql`now()`, version: row.version + 1 })
      .where(eq(canvas.id, id))
  })
}

/**
 * Deletes a canvas in the trash for good; what was made on it stays in the library. Throws `not_possible_now` where it is
 * not in the trash.
 */
export async function deleteCanvas(ownerId: string, id: string): Promise<void> {
  await inTransaction(async (tx) => {
    const row = await lockCanvas(tx, ownerId, id)
    if (!row.trashedAt)
      throw new AppError('not_possible_now', {
        userMessage: message('canvasList.error.notInTrash'),
      })
    await tx.delete(canvas).where(eq(canvas.id, id))
  })
}

function tooMany() {
  return new AppError('not_possible_now', {
    userMessage: message('canvasList.error.tooMany', { limit: canvasesAtMost }),
  })
}
