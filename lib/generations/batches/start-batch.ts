import { createHash } from 'node:crypto'
import { z } from 'zod'
import { type BatchEstimate, batchMaxRows } from '#lib/contract/library/batch'
import { plainName } from '#lib/contract/text/plain-text'
import type { Caller } from '#lib/contract/people/caller'
import type { Origin } from '#lib/contract/generation'
import { microsOf } from '#lib/contract/money'
import { message } from '#lib/messages/message'
import type { Transaction } from '../../db/client.ts'
import { AppError, type FieldFault } from '../../errors.ts'
import { assertIdempotencyKey } from '../start/idempotency.ts'
import { assertInputs, estimateOf, readGenerationRequest } from '../start/request.ts'
import { type Prepared, prepare } from '../start/prepare.ts'
import { startPrepared } from '../start/start.ts'
import { admitOnce } from './admit.ts'

const requestSchema = z.strictObject({
  kind: z.enum(['video', 'image']).optional(),
  name: z.string().max(200).optional(),
  rows: z.array(z.record(z.string(), z.unknown())).min(1).max(batchMaxRows),
  maxUsd: z.number().min(0).nullish(),
})
type Request = z.infer<typeof requestSchema>

interface BatchOptions {
  caller: Caller
  /** Whether the owner was made for this very request. */
  isNewcomer?: boolean
  /** As it came in. */
  body: unknown
  /** One an intention: the same key and body are the same batch. */
  idempotencyKey: string | null
  origin: Origin
  now?: Date
}

/**
 * Starts a table of requests: all of them, with one hold for all, or none; answers the id of the batch. The same key and
 * body resolve to the same batch. Throws `invalid_input` with every faulty field of every row named, as `rows.3.prompt`.
 */
export async function startBatch(options: BatchOptions): Promise<string> {
  const { caller, isNewcomer = false, idempotencyKey: key, origin, now = new Date() } = options
  if (key !== null) assertIdempotencyKey(key)
  const request = readBatch(options.body)
  const { ownerId } = caller
  const { kind = 'video', maxUsd } = request
  const name = plainName(request.name ?? '')
  return admitOnce({ ownerId, name, key, bodyHash: hashOf(request), now }, async (admitted) => {
    let total = 0
    const prepared = await checkRows(request, (row, index) =>
      prepare({
        caller,
        kind,
        isNewcomer,
        // A row that is like an earlier one is a new one too: the total was agreed to.
        body: { ...row, useCache: false },
        idempotencyKey: null,
        origin,
        now,
        batch: { id: admitted.id, row: index },
        ...(index === 0 && { alongside: (tx: Transaction) => admitted.begin(tx, total) }),
      }),
    )
    total = prepared.reduce((sum, one) => sum + wantedOf(one), 0)
    if (total > batchMaxRows) throw faultsOf([tooMany])
    await startPrepared(prepared, maxUsd == null ? undefined : microsOf(maxUsd))
  })
}

/** What a batch would cost. Nothing is started; throws as its start would. */
export async function estimateBatch(body: unknown, caller: Caller): Promise<BatchEstimate> {
  const request = readBatch(body)
  const rows = await estimateRows(request, caller)
  const sumOf = (part: 'usd' | 'upToUsd') =>
    rows.reduce((micros, row) => micros + microsOf(row[part]), 0) / 1_000_000
  return { usd: sumOf('usd'), upToUsd: sumOf('upToUsd'), rows }
}

async function estimateRows(asked: Request, caller: Caller): Promise<BatchEstimate['rows']> {
  let total = 0
  const rows = await checkRows(asked, async (row) => {
    const request = await readGenerationRequest(row, caller, new Date(), asked.kind)
    const { inputs, variations } = request.settings
    await assertInputs(caller.ownerId, inputs)
    const { usd, upToUsd, providerLabel } = await estimateOf(request)
    total += variations
    return { usd, upToUsd, providerLabel }
  })
  if (total > batchMaxRows) throw faultsOf([tooMany])
  return rows
}

/** Checks every row; throws with every faulty field of every row named. */
async function checkRows<T>(
  { rows }: Request,
  check: (row: Request['rows'][number], index: number) => Promise<T>,
): Promise<T[]> {
  const faults: FieldFault[] = []
  const checked: T[] = []
  for (const [index, row] of rows.entries())
    try {
      checked.push(await check(row, index))
    } catch (error) {
      if (!(error instanceof AppError) || !error.fields) throw error
      faults.push(
        ...error.fields.map((fault) => ({ ...fault, field: `rows.${index}.${fault.field}` })),
      )
    }
  if (faults.length > 0) throw faultsOf(faults)
  return checked
}

/** How many a row starts. */
function wantedOf(prepared: Prepared) {
  return prepared.kind === 'start' ? prepared.wanted.length : 1
}

const tooMany: FieldFault = {
  field: 'rows',
  message: message('request.batchTooMany', { atMost: batchMaxRows }),
}

/** All of them by field; the sentence tells of the first. */
function faultsOf(fields: FieldFault[]) {
  const [{ field, message: says }] = fields as [FieldFault, ...FieldFault[]]
  const first = message('request.fault', { field, says })
  return new AppError('invalid_input', {
    userMessage: message('request.batchFaults', { count: fields.length, first }),
    fields,
  })
}

function readBatch(body: unknown): Request {
  const parsed = requestSchema.safeParse(body)
  if (parsed.success) return parsed.data
  throw faultsOf(
    parsed.error.issues.map((issue) => ({
      field: issue.path.join('.') || 'body',
      message:
        issue.path[0] === 'maxUsd'
          ? message('request.dollars')
          : issue.path[0] === 'kind'
            ? message('request.chooseOf', { options: 'video, image' })
            : message('request.batchRows', { atMost: batchMaxRows }),
    })),
  )
}

function hashOf({ kind = 'video', rows, name, maxUsd }: Request) {
  // Batches of videos were hashed before there were others.
  const ofKind = kind === 'video' ? [] : [kind]
  return createHash('sha256')
    .update(JSON.stringify(['batch', ...ofKind, name ?? '', maxUsd ?? null, rows.map(sorted)]))
    .digest('hex')
}

function sorted(row: Record<string, unknown>) {
  return Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))
}
