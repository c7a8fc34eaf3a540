import { and, eq, sql } from 'drizzle-orm'
import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import type { CanvasChange, CanvasNode } from '#lib/contract/canvas/canvas'
import { message } from '#lib/messages/message'
import type { Database, Transaction } from '../../db/client.ts'
import { libraryItem } from '../../db/library-schema.ts'
import { invalidField } from '../../errors.ts'

/** The images and videos that a node names. */
export function mediaOf(node: CanvasNode | undefined): string[] {
  if (!node || !('versions' in node)) return []
  return node.pinned ? [...node.versions, node.pinned] : node.versions
}

/** Those that are not in the library of this owner, whether another has them or there never were any. */
export async function foreignAmong(db: Database | Transaction, ownerId: string, ids: Set<string>) {
  if (ids.size === 0) return new Set<string>()
  // One value, however many there are: a statement takes 65,535.
  const isNamed = sql`${libraryItem.id} = any(${sql.param([...ids])}::text[])`
  const rows = await db
    .select({ id: libraryItem.id })
    .from(libraryItem)
    .where(and(eq(libraryItem.ownerId, ownerId), isNamed))
  const own = new Set(rows.map(({ id }) => id))
  return new Set([...ids].filter((id) => !own.has(id)))
}

interface Changed {
  before: CanvasContent
  after: CanvasContent
  touched: ReadonlySet<string>
  changes: readonly CanvasChange[]
}

/** Throws `invalid_input` where nodes name images or videos that they did not name before and that are not this owner's. */
export async function assertOwnMedia(
  tx: Transaction,
  ownerId: string,
  { before, after, touched, changes }: Changed,
) {
  const named = new Set<string>()
  for (const id of touched) {
    const known = new Set(mediaOf(before.nodes.get(id)))
    for (const one of mediaOf(after.nodes.get(id))) if (!known.has(one)) named.add(one)
  }
  const [foreign] = await foreignAmong(tx, ownerId, named)
  if (!foreign) return
  const index = changes.findIndex((change) => JSON.stringify(change).includes(foreign))
  throw invalidField(`changes[${index}]`, message('canvasList.error.media'))
}
