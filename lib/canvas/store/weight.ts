import { sql } from 'drizzle-orm'
import type { CanvasContent } from '#lib/contract/canvas/apply-changes'
import { canvasMaxBytes } from '#lib/contract/canvas/canvas'
import { message } from '#lib/messages/message'
import type { Transaction } from '../../db/client.ts'
import { invalidField } from '../../errors.ts'

/**
 * Throws `invalid_input` where a canvas, as it was just written, weighs more than one may: each page that opens it reads all
 * of it, and the one process that answers all makes that answer.
 */
export async function assertWeight(tx: Transaction, canvasId: string, field: string) {
  const { rows } = await tx.execute<{ bytes: number }>(sql`
    select coalesce(sum(octet_length(node::text)), 0)::float8 as bytes
    from canvas_element where canvas_id = ${canvasId}`)
  if (rows[0]!.bytes <= canvasMaxBytes) return
  throw invalidField(
    field,
    message('canvasList.error.heavy', { limit: canvasMaxBytes / 1024 ** 2 }),
  )
}

/** Whether what was touched weighs more than before. What gets lighter is taken, however heavy the rest is. */
export function isHeavier(
  touched: Iterable<string>,
  { before, after }: { before: CanvasContent; after: CanvasContent },
) {
  let more = 0
  for (const id of touched) more += lettersOf(after, id) - lettersOf(before, id)
  return more > 0
}

function lettersOf({ nodes }: CanvasContent, id: string) {
  const node = nodes.get(id)
  return node ? JSON.stringify(node).length : 0
}
