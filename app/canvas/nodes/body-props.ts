import type { CanvasNode } from '#lib/contract/canvas/canvas'
import type { CanvasDoc } from '#lib/delivery/canvas/canvas-doc'

/** What the body of a node is drawn from. */
export interface BodyProps<Node extends CanvasNode = CanvasNode> {
  node: Node
  /** What is changed by it can be undone. */
  doc: CanvasDoc
}
