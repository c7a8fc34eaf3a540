import * as z from 'zod/mini'
import type { Sentence } from '#lib/messages/message'
import type { Kind } from '../generation.ts'
import { hasFields } from '../problem.ts'
import type { FrameAt } from './brought.ts'

const nodeId = z.string().check(z.regex(/^node_[0-9a-z]{24}$/))

/**
 * `POST /api/canvas/<id>/plan` and `POST /api/canvas/<id>/run` (with an `Idempotency-Key`): what is to be made. What these
 * nodes need and is not there yet is made with them; what has not changed is used as it is, but for `nodes` of scope
 * `these`, which are made again.
 */
export const canvasRunSchema = z.strictObject({
  /** `these` nodes alone, these and what follows `from` them, or `all`. */
  scope: z.enum(['these', 'from', 'all']),
  nodes: z.array(nodeId).check(z.maxLength(200)),
  /** The most that all may cost together, in dollars, fallback included: what the plan said. */
  maxUsd: z.optional(z.nullable(z.number().check(z.gte(0)))),
})
export type CanvasRunRequest = z.output<typeof canvasRunSchema>

/** What a run makes of a node, or why it makes nothing. */
export type PlannedNode =
  | {
      nodeId: string
      does: 'make'
      /** Its place in the order, from 1; those of the same place run at the same time. */
      order: number
      kind: Kind
      modelLabel: string
      usd: number
      upToUsd: number
    }
  /** A frame of the node's video is taken as a picture, for what is made from it. It is free. */
  | { nodeId: string; does: 'frame'; order: number; at: FrameAt }
  /** Nothing has changed since its version was made: it is used as it is. */
  | { nodeId: string; does: 'reuse'; fileId: string }
  /** It is being made right now: what follows waits for it. */
  | { nodeId: string; does: 'wait'; fileId: string }
  /** It cannot be made, and so nothing of the run is. */
  | { nodeId: string; does: 'refuse'; why: Sentence }

export interface CanvasPlan {
  object: 'canvas.plan'
  nodes: PlannedNode[]
  /** Dollars, at the providers that are tried first, and at most. */
  usd: number
  upToUsd: number
  /** Whether it can be run: something is made, and nothing is refused. */
  canRun: boolean
  /** How much of what runs of the canvas have started is not finished, whatever is planned: it can be canceled. */
  running: number
}

export function isCanvasPlan(value: unknown): value is CanvasPlan {
  return hasFields(value, {
    nodes: 'object',
    usd: 'number',
    upToUsd: 'number',
    running: 'number',
  })
}

/** A run: its generations are admitted together, as those of a batch are. `POST /api/canvas/<id>/run` answers it with 202. */
export interface CanvasRun {
  object: 'canvas.run'
  /** `batch_...` */
  id: string
  canvasId: string
  started: { nodeId: string; fileId: string }[]
}

/** What `POST /api/canvas/<id>/run/cancel` did: of what was not finished, how much is canceled. The rest was too far. */
export interface CanceledRuns {
  object: 'canvas.canceled'
  running: number
  canceled: number
}

export function areCanceledRuns(value: unknown): value is CanceledRuns {
  return hasFields(value, { running: 'number', canceled: 'number' })
}
