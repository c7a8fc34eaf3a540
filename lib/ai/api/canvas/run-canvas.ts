import {
  areCanceledRuns,
  type CanceledRuns,
  type CanvasPlan,
  type CanvasRun,
  type CanvasRunRequest,
  isCanvasPlan,
} from '#lib/contract/canvas/run'
import { hasFields } from '#lib/contract/problem'
import { newIdempotencyKey } from '../new-id.ts'
import { message, type MessageRef } from '#lib/messages/message'
import { ask } from '../people/ask-people.ts'

const pathOf = (canvasId: string) => `/api/canvas/${encodeURIComponent(canvasId)}`

// Every call rejects with `ProblemError`.

/** What a run would make, and what it costs. Nothing is started. */
export function planCanvas(canvasId: string, request: CanvasRunRequest): Promise<CanvasPlan> {
  return ask('POST', `${pathOf(canvasId)}/plan`, isCanvasPlan, request)
}

/** Starts what a plan said. Again with the same key it starts nothing more. */
export function runCanvas(
  canvasId: string,
  request: CanvasRunRequest,
  key: string,
): Promise<CanvasRun> {
  return ask('POST', `${pathOf(canvasId)}/run`, isRun, request, { 'idempotency-key': key })
}

/** Makes a new version of one node, with what it needs and is not there yet. */
export function runNode(canvasId: string, nodeId: string, key = newIdempotencyKey()) {
  return runCanvas(canvasId, { scope: 'these', nodes: [nodeId] }, key)
}

/** Cancels what the runs of a canvas have not finished. */
export function cancelRuns(canvasId: string): Promise<CanceledRuns> {
  return ask('POST', `${pathOf(canvasId)}/run/cancel`, areCanceledRuns)
}

/** What that came to, in words: also that there was nothing to cancel. */
export function saidOfCanceled({ running, canceled }: CanceledRuns): MessageRef {
  if (running === 0) return message('canvasRun.canceled.nothing')
  const isAll = canceled === running
  return message(isAll ? 'canvasRun.canceled.all' : 'canvasRun.canceled.some', {
    running,
    canceled,
  })
}

function isRun(value: unknown): value is CanvasRun {
  return hasFields(value, { id: 'string', started: 'object' })
}
