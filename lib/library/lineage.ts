import { sql } from 'drizzle-orm'
import { withBasePath } from '#lib/contract/calls/base-path'
import type { LineageEdge, LineageNode, LineageView } from '#lib/contract/library/library'
import { posterOf } from '../assets/poster.ts'
import { database } from '../db/client.ts'
import type { LibraryItemRow } from '../db/library-schema.ts'

const nodesAtMost = 50
// Some items have several inputs: more edges than items, and no more of a chain than is shown of it.
const edgesAtMost = 200
const depthAtMost = 50

interface Found extends LineageEdge {
  depth: number
}

/**
 * What an item was made from and what it led to, the nearest first; undefined of one that is not this owner's. A parent
 * that is deleted, or another's by now, is named by its id alone.
 */
export async function lineageOf(ownerId: string, id: string): Promise<LineageView | undefined> {
  const [own] = await findNodes(ownerId, [id])
  if (!own) return undefined
  const [up, down] = await Promise.all([walk(id, 'up'), walk(id, 'down')])
  const found = [...up, ...down].toSorted((a, b) => a.depth - b.depth)
  const ids = [...new Set([id, ...found.flatMap((edge) => [edge.parentId, edge.childId])])]
  const shown = ids.slice(0, nodesAtMost)
  const known = new Map((await findNodes(ownerId, shown)).map((node) => [node.id, node]))
  // A child that is not this owner's is none of its business.
  const children = new Set(down.map(({ childId }) => childId))
  const kept = shown.filter((one) => known.has(one) || !children.has(one))
  const isKept = new Set(kept)
  const edges = found.filter((edge) => isKept.has(edge.parentId) && isKept.has(edge.childId))
  return {
    id,
    nodes: kept.map((one) => known.get(one) ?? goneNode(one)),
    edges: distinct(edges),
    isCut: ids.length > shown.length || up.length === edgesAtMost || down.length === edgesAtMost,
  }
}

function distinct(edges: Found[]): LineageEdge[] {
  const keyOf = ({ childId, role, place }: Found) => `${childId} ${role} ${place}`
  const byKey = new Map(edges.map((edge) => [keyOf(edge), edge]))
  return [...byKey.values()].map(({ depth: _, ...edge }) => edge)
}

/** Level by level; what is not taken of a level is not read. */
async function walk(id: string, direction: 'up' | 'down') {
  const [from, to] =
    direction === 'up' ? [sql`child_id`, sql`parent_id`] : [sql`parent_id`, sql`child_id`]
  const { rows } = await database().execute<Found & Record<string, unknown>>(sql`
    with recursive line as (
      select child_id, parent_id, role, place, 1 as depth from lineage where ${from} = ${id}
      union
      select next.child_id, next.parent_id, next.role, next.place, line.depth + 1
      from line join lineage next on next.${from} = line.${to}
      where line.depth < ${depthAtMost}
    )
    select child_id as "childId", parent_id as "parentId", role, place, depth from line
    limit ${edgesAtMost}`)
  return rows
}

type NodeRow = Pick<LibraryItemRow, 'id' | 'media' | 'source' | 'status'> & {
  title: string
  isTrashed: boolean
  createdAt: string
  storageKey: string | null
  hasPoster: boolean | null
  posterName: string | null
}

async function findNodes(ownerId: string, ids: string[]): Promise<LineageNode[]> {
  const { rows } = await database().execute<NodeRow & Record<string, unknown>>(sql`
    select item.id, item.media, item.source, item.status, coalesce((
        select left(g.prompt, 300) from generation g where g.id = item.id
      ), made.name, '') as title,
      item.trashed_at is not null as "isTrashed", item.created_at as "createdAt",
      made.storage_key as "storageKey", made.has_poster as "hasPoster",
      made.poster_name as "posterName"
    from library_item item left join lateral (
      select storage_key, has_poster, poster_name, name from asset
      where asset.generation_id = item.id or asset.id = item.id limit 1
    ) made on true
    where item.owner_id = ${ownerId} and item.id in ${ids}`)
  return rows.map(nodeOf)
}

function nodeOf(row: NodeRow): LineageNode {
  const at = (name: string) => withBasePath(`/api/media/${row.id}/${name}`)
  const isReady = row.status === 'completed'
  const { posterName } = row
  const poster = isReady ? posterOf({ posterName, hasPoster: row.hasPoster ?? false }) : null
  return {
    id: row.id,
    isThere: true,
    type: row.media,
    source: row.source,
    status: row.status,
    title: row.title,
    url: isReady && row.storageKey ? withBasePath(`/api/media/${row.storageKey}`) : null,
    posterUrl: poster && at(poster),
    isTrashed: row.isTrashed,
    createdAt: new Date(row.createdAt).toISOString(),
  }
}

function goneNode(id: string): LineageNode {
  const nothing = { type: null, source: null, status: null, url: null, posterUrl: null }
  return { id, isThere: false, title: '', isTrashed: false, createdAt: null, ...nothing }
}
