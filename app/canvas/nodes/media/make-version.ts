import { runNode } from '#lib/ai/api/canvas/run-canvas'
import type { MediaNode } from '#lib/contract/canvas/canvas'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'

/**
 * Keeps settings in a node and makes a new version of it, which is then the shown one: the server appends it in the start's
 * transaction. Rejects with `ProblemError`.
 */
export async function makeVersion(
  doc: CanvasDoc,
  node: MediaNode,
  settings: MediaNode['settings'],
  run: typeof runNode = runNode,
) {
  const isSame = JSON.stringify(settings) === JSON.stringify(node.settings)
  const fields = { ...(!isSame && { settings }), ...(node.pinned && { pinned: null }) }
  if (Object.keys(fields).length > 0) doc.apply([{ change: 'set', id: node.id, fields }])
  await doc.flush()
  return run(doc.id, node.id)
}
