import { createHash } from 'node:crypto'
import { type CanvasRun, type CanvasRunRequest, canvasRunSchema } from '#lib/contract/canvas/run'
import { noInputs } from '#lib/contract/generation-inputs'
import { batchMaxRows } from '#lib/contract/library/batch'
import { microsOf } from '#lib/contract/money'
import type { Caller } from '#lib/contract/people/caller'
import { message } from '#lib/messages/message'
import { and, eq } from 'drizzle-orm'
import { type Transaction, database, inTransaction } from '../../db/client.ts'
import { generation } from '../../db/generation-schema.ts'
import { AppError, invalidField } from '../../errors.ts'
import {
  another,
  assertIdempotencyKey,
  earlierOf,
  keyReused,
} from '../../generations/start/idempotency.ts'
import { type Admission, type Admitted, admitOnce } from '../../generations/batches/admit.ts'
import { type Prepared, type StartOptions, prepare } from '../../generations/start/prepare.ts'
import { assertOwnersRoom } from '../../generations/start/room.ts'
import { startPrepared } from '../../generations/start/start.ts'
import { changeIn } from '../store/change-canvas.ts'
import { readContent } from '../store/elements.ts'
import { lockCanvas } from '../store/find-canvas.ts'
import type { FrameStep } from './frames.ts'
import type { MakeStep } from './planning.ts'
import { type Planned, planRun } from './plan.ts'
import { basisOf } from './scope.ts'

/** A request for a plan or a run. Throws `invalid_input` with the field named. */
export function readRunRequest(body: unknown): CanvasRunRequest {
  const parsed = canvasRunSchema.safeParse(body)
  if (parsed.success) return parsed.data
  throw invalidField(
    parsed.error.issues[0]?.path.join('.') || 'body',
    message('canvasRun.badRequest'),
  )
}

interface RunOptions {
  caller: Caller
  canvasId: string
  request: CanvasRunRequest
  /** One an intention: the same key and request are the same run. */
  key: string | null
  now?: Date
}

/**
 * Starts what a plan says: all of it with one hold, or nothing. Once this resolves, each generation is a row that names what
 * it waits for, and each node has its new version; no page and no clock is needed for the rest. Throws where one of them
 * cannot be made, the money is not there, or all together may cost more than `maxUsd`.
 */
export async function runCanvas(options: RunOptions): Promise<CanvasRun> {
  const { caller, canvasId, request, key, now = new Date() } = options
  if (key !== null) assertIdempotencyKey(key)
  const { ownerId } = caller
  const bodyHash = hashOf(canvasId, request)
  const admission = { ownerId, name: '', key, bodyHash, now }
  const id = await admitOnce(admission, async (admitted) => {
    for (let left = plansAtMost; left > 0; left--) {
      const planned = await planRun(caller, canvasId, request, now)
      if (!planned.plan.canRun) throw await whyNot(planned, admission)
      // Before each step is prepared: that would be long work for nothing.
      await inTransaction((tx) => assertOwnersRoom(tx, ownerId, planned.steps.length, batchMaxRows))
      if (await isStarted(planned, { ...options, now, admitted })) return
    }
    throw new AppError('not_possible_now', { userMessage: message('canvasRun.changing') })
  })
  return runOf(ownerId, canvasId, id)
}

// Each time the canvas has changed in the fraction of a second that a start takes.
const plansAtMost = 20

/** False where the canvas is another one than was planned for, and nothing was started: another run was first, say. */
async function isStarted(planned: Planned, starting: Starting) {
  try {
    await startSteps(planned, starting)
    return true
  } catch (error) {
    if (error instanceof PlanOutdated) return false
    throw error
  }
}

/** What was planned for has changed. */
class PlanOutdated extends Error {}

interface Starting extends RunOptions {
  now: Date
  admitted: Admitted
}

async function startSteps(planned: Planned, starting: Starting) {
  const { steps, coming } = planned
  const { request, admitted } = starting
  const prepared: Prepared[] = []
  for (const [row, step] of steps.entries()) {
    const isLast = row === steps.length - 1
    const alongside = async (tx: Transaction) => {
      if (row === 0) await admitted.begin(tx, steps.length)
      // Last, as in every start that places something: the canvas is locked after all else.
      if (isLast) await keepVersions(tx, planned, starting)
    }
    const placed = { ...starting, row, alongside }
    prepared.push(
      step.does === 'frame' ? frameOf(step, placed) : await preparedOf(step, coming, placed),
    )
  }
  const { maxUsd } = request
  await startPrepared(prepared, maxUsd == null ? undefined : microsOf(maxUsd))
}

interface Preparing extends Starting {
  row: number
  alongside: StartOptions['alongside']
}

/** A frame belongs to the run and to no node: it is in the library, and used from there. */
function frameOf({ edit }: FrameStep, { canvasId, admitted, row, alongside }: Preparing): Prepared {
  const origin = { door: 'canvas', place: { canvasId } } as const
  const batch = { id: admitted.id, row }
  return {
    ...edit,
    intention: { ...edit.intention, origin, batch, ...(alongside && { alongside }) },
  }
}

async function preparedOf(
  step: MakeStep,
  coming: Planned['coming'],
  { caller, canvasId, admitted, row, alongside, now }: Preparing,
): Promise<Prepared> {
  const place = { canvasId, nodeId: step.node.id }
  const from = step.extends === undefined ? [] : [{ fileId: step.extends, type: 'image' as const }]
  const prepared = await prepare({
    caller,
    kind: step.node.kind,
    body: step.request.asked,
    checked: step.request,
    idempotencyKey: null,
    fileId: step.fileId,
    coming: [...coming, ...from],
    origin: { door: 'canvas', place },
    batch: { id: admitted.id, row },
    ...(alongside && { alongside }),
    now,
  })
  if (prepared.kind !== 'start') throw new Error('a step of a run is always a start')
  return step.extends === undefined ? prepared : asExtension(prepared, step.extends, coming)
}

/** It begins with the last frame of its source, which is taken when its turn has come. */
function asExtension(
  prepared: Extract<Prepared, { kind: 'start' }>,
  source: string,
  coming: Planned['coming'],
): Prepared {
  const isComing = coming.some(({ fileId }) => fileId === source)
  const wanted = prepared.wanted.map(({ key, values }) => {
    const { waitsFor: named, wait: _, ...others } = values
    const waitsFor = [...new Set(named ?? [])].filter((id) => id !== source || isComing)
    return {
      key,
      values: {
        ...others,
        ...(waitsFor.length > 0 && { waitsFor, wait: { code: 'inputs' } as const }),
        settings: {
          ...values.settings,
          inputs: { ...noInputs, sources: [source] },
          work: { operation: 'extend', way: 'last_frame' } as const,
        },
      },
    }
  })
  return { ...prepared, wanted }
}

/** Each node shows what is being made of it. Throws where the canvas is not the one that was planned for. */
async function keepVersions(tx: Transaction, { steps, read }: Planned, starting: Starting) {
  const { caller, canvasId, request } = starting
  const row = await lockCanvas(tx, caller.ownerId, canvasId)
  const isSame =
    row.version === read.version || basisOf(await readContent(tx, row.id), request) === read.basis
  if (!isSame || row.trashedAt) throw new PlanOutdated()
  const changes = steps
    .filter((step) => step.does === 'make')
    .map(({ node, fileId }) => ({
      change: 'set' as const,
      id: node.id,
      fields: { addVersions: [fileId], pinned: null },
    }))
  await changeIn(tx, row, { changes })
}

async function whyNot({ plan }: Planned, { key, ...order }: Admission) {
  if (key !== null && (await earlierOf({ ...order, key })) === another) return keyReused()
  const refused = plan.nodes.find((one) => one.does === 'refuse')
  return new AppError('invalid_input', {
    userMessage: refused?.why ?? message('canvasRun.nothing'),
    ...(refused && { fields: [{ field: `nodes.${refused.nodeId}`, message: refused.why }] }),
  })
}

/** What a run has started, by the node that shows it. */
async function runOf(ownerId: string, canvasId: string, id: string): Promise<CanvasRun> {
  const rows = await database()
    .select({ fileId: generation.id, place: generation.originPlace })
    .from(generation)
    .where(and(eq(generation.batchId, id), eq(generation.ownerId, ownerId)))
    .orderBy(generation.batchRow)
  // A frame that is taken is shown by no node.
  const started = rows.flatMap(({ fileId, place }) => {
    const nodeId = place?.['nodeId']
    return nodeId ? [{ nodeId, fileId }] : []
  })
  return { object: 'canvas.run', id, canvasId, started }
}

function hashOf(canvasId: string, request: CanvasRunRequest) {
  return createHash('sha256')
    .update(JSON.stringify(['canvas run', canvasId, request]))
    .digest('hex')
}
